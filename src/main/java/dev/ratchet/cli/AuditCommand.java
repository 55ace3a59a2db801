package dev.ratchet.cli;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.repair.worker.ResultPublisher;
import dev.ratchet.topics.TopicAdmin;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        description = {
            "Request that Ratchet compares all live tasks with Conductor, once, at ratchet.audit.rate.",
            "The running instances do it; if none runs, the next one that starts."
        },
        footer = {
            "",
            "Examples:",
            "  ratchet audit --config ratchet.properties",
            "  ratchet audit --config ratchet.properties --all",
            "",
            "Exit code 0 if the audit is requested, 1 if Kafka or the registry cannot be reached or the topic does not"
                    + " exist, 2 for wrong options, or if repairs and audits are off, so that nobody asks Conductor."
        })
final class AuditCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--all", description = "Also audit tasks that have ended.")
    private boolean all;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Settings settings =
                options.load(Settings.BOOTSTRAP_SERVERS, Settings.CONDUCTOR_URL, Settings.SCHEMA_REGISTRY_URL);
        if (!settings.asksConductor()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Expected ratchet.repair.mode or ratchet.audit.mode not to be off, but both are: no instance"
                            + " would ask Conductor.");
        }
        String topic = settings.topics().repairResults();
        Optional<Integer> partitions;
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            partitions = admin.partitions(topic);
        }
        if (partitions.isEmpty()) {
            String missing = "Expected topic " + topic + " to exist, but it does not: run 'ratchet topics apply'";
            spec.commandLine().getErr().println(options.completeHints(missing));
            return 1;
        }
        try (ResultPublisher publisher = new ResultPublisher(settings, AvroSerdes.registry(settings.serde()))) {
            publisher.fullAudit(partitions.get(), UUID.randomUUID().toString(), all, Instant.now());
        }
        spec.commandLine()
                .getOut()
                .printf(
                        """
                        Requested an audit of all %s on the %d partitions of %s.
                        The instances log when the audit of a partition begins, and when all its audits are issued.
                        Differences become results on that topic, changes and alerts. What agrees leaves no trace.
                        At %d audits a second, 10,000 tasks take about %d seconds (ratchet.audit.rate).
                        """,
                        all ? "tasks" : "live tasks",
                        partitions.get(),
                        topic,
                        settings.auditsPerSecond(),
                        10_000 / settings.auditsPerSecond());
        return 0;
    }
}

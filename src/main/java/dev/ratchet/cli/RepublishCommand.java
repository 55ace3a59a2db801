package dev.ratchet.cli;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.ApplicationSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.repair.worker.ResultPublisher;
import dev.ratchet.topics.ApplicationAdmin;
import dev.ratchet.topics.TopicAdmin;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "republish",
        description = {
            "Request that Ratchet publishes a lost changelog again. A dry run unless --execute is given.",
            "It publishes the current status of each task that it tracks, with the revision that the task has.",
            "The running instances do it; if none runs, the next one that starts."
        },
        footer = {
            "",
            "Examples:",
            "  ratchet republish --config ratchet.properties             # says what would be requested",
            "  ratchet republish --config ratchet.properties --execute   # requests it",
            "",
            "Exit code 0 if it is requested, or after the dry run; 1 if Kafka or the registry cannot be reached, or a topic"
                    + " does not exist; 2 for wrong options, or without ratchet.conductor.url: see the message."
        })
final class RepublishCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--execute", description = "Request it.")
    private boolean execute;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Settings settings = options.load(Settings.BOOTSTRAP_SERVERS, Settings.SCHEMA_REGISTRY_URL);
        if (!settings.readsAnswers()) {
            throw new ParameterException(
                    spec.commandLine(),
                    ("Expected %s to be set, but it is not: without it Ratchet does not read requests. Restart each instance"
                                    + " once with --set %s=true, which publishes the tasks at the start.")
                            .formatted(Settings.CONDUCTOR_URL, ApplicationSettings.REPUBLISH));
        }
        String requests = settings.topics().repairResults();
        String changelog = settings.topics().changelog();
        int partitions;
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            for (String topic : List.of(requests, changelog)) {
                if (admin.partitions(topic).isEmpty()) {
                    String missing = "Expected topic %s to exist, but it does not: run 'ratchet topics apply'";
                    spec.commandLine().getErr().println(options.completeHints(missing.formatted(topic)));
                    return 1;
                }
            }
            partitions = admin.partitions(requests).orElseThrow();
        }
        if (execute) {
            try (ResultPublisher publisher = new ResultPublisher(settings, AvroSerdes.registry(settings.serde()))) {
                publisher.republish(partitions, UUID.randomUUID().toString(), Instant.now());
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s that the tasks of the %d partitions of %s are published on %s again.%n",
                execute ? "Requested" : "Would request", partitions, requests, changelog);
        out.println(members(settings));
        out.println(
                execute
                        ? "An instance logs when a partition begins, and when all its tasks are published."
                        : "Dry run: nothing was requested. Add --execute to request it.");
        return 0;
    }

    private static String members(Settings settings) {
        String id = settings.application().id();
        try (ApplicationAdmin admin = new ApplicationAdmin(settings.kafka())) {
            int members = admin.find(id, List.of()).members().size();
            return members == 0
                    ? "No instance of application " + id + " runs: the next one that starts does it."
                    : "Application " + id + " runs with " + members + " group members, which do it.";
        }
    }
}

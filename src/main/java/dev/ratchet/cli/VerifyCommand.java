package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import dev.ratchet.inspect.ChangelogVerifier;
import dev.ratchet.inspect.RatchetTopic;
import dev.ratchet.inspect.TopicConsumer;
import dev.ratchet.inspect.TopicRecord;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = {
            "Read the changelog and check that each task's revisions have no gap, and that each change is a step forward,",
            "a new epoch or a correction (promises 2 and 3 of docs/promises.md). Changes nothing."
        },
        footer = {
            "",
            "Example:",
            "  ratchet verify --config ratchet.properties",
            "",
            "Exit code 0 if nothing is wrong, 1 if something is, or if Kafka or the registry cannot be reached."
        })
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "100",
            description = "Print N findings at most; all are counted. Default: ${DEFAULT-VALUE}.")
    private long max;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final ChangelogVerifier verifier = new ChangelogVerifier();
    private long findings;

    @Override
    public Integer call() {
        Settings settings = options.load(Settings.BOOTSTRAP_SERVERS, Settings.SCHEMA_REGISTRY_URL);
        try (TopicConsumer changes = new TopicConsumer(settings, List.of(RatchetTopic.CHANGELOG))) {
            changes.readToEnd(record -> {
                verifier.check(record).ifPresent(finding -> print(record, finding));
                return true;
            });
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "Checked %d changes of %d tasks, and %d tombstones: %s.%n",
                verifier.changes(),
                verifier.tasks(),
                verifier.removed(),
                findings == 0 ? "nothing is wrong" : findings + " are wrong");
        if (verifier.startedOver() > 0) {
            out.printf(
                    "Revisions started over at 1 for %d tasks: they were published again (ratchet.changelog.republish).%n",
                    verifier.startedOver());
        }
        return findings == 0 ? 0 : 1;
    }

    private void print(TopicRecord record, String finding) {
        findings++;
        if (findings <= max) {
            spec.commandLine()
                    .getOut()
                    .printf("%s-%s %s %s%n", record.name(), record.position(), record.key(), finding);
        }
    }
}

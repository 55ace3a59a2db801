package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import dev.ratchet.inspect.ChangelogVerifier;
import dev.ratchet.inspect.RatchetTopic;
import dev.ratchet.inspect.TopicConsumer;
import dev.ratchet.inspect.TopicRecord;
import dev.ratchet.topics.TopicAdmin;
import java.io.PrintWriter;
import java.time.Instant;
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
            "Check that the changelog keeps its promises. Changes nothing.",
            "Each task's revisions have no gap, and each change is a step forward, a new epoch or a correction (promises 2 and 3"
                    + " of docs/promises.md)."
        },
        footer = {
            "",
            "Examples:",
            "  ratchet verify --config ratchet.properties",
            "  ratchet verify --config ratchet.properties --max 10",
            "",
            "Reads up to the end of the topic as it is at the start. Memory: about 200 bytes for each task of one partition.",
            "What compaction has removed cannot be checked; it is counted, and is no finding.",
            "Exit code 0 if nothing is wrong, 1 if something is, or if Kafka or the registry cannot be reached, 2 for wrong"
                    + " options."
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

    private long findings;

    @Override
    public Integer call() {
        Settings settings = options.load(Settings.BOOTSTRAP_SERVERS, Settings.SCHEMA_REGISTRY_URL);
        ChangelogVerifier verifier = new ChangelogVerifier(compactedUpTo(settings));
        try (TopicConsumer changes = new TopicConsumer(settings, List.of(RatchetTopic.CHANGELOG))) {
            changes.readEachToEnd(
                    record -> {
                        verifier.check(record).ifPresent(finding -> print(record, finding));
                        return true;
                    },
                    verifier::endPartition);
        }
        summarize(verifier);
        return findings == 0 ? 0 : 1;
    }

    /** Compaction removes no record that is younger than {@code min.compaction.lag.ms}. */
    private static Instant compactedUpTo(Settings settings) {
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            return admin.compactionLag(settings.topics().changelog())
                    .map(lag -> Instant.ofEpochMilli(Math.max(0, System.currentTimeMillis() - lag.toMillis())))
                    .orElse(Instant.EPOCH);
        }
    }

    private void summarize(ChangelogVerifier verifier) {
        PrintWriter out = spec.commandLine().getOut();
        if (findings > max) {
            out.printf("%d more findings are not printed (--max).%n", findings - max);
        }
        out.printf(
                "Checked %d changes of %d tasks, and %d tombstones: %s.%n",
                verifier.changes(),
                verifier.tasks(),
                verifier.removed(),
                findings == 0 ? "nothing is wrong" : findings + " are wrong");
        if (verifier.unchecked() > 0) {
            out.printf(
                    "%d changes cannot be checked against the change before: compaction or retention removed it, or the"
                            + " changelog was lost.%n",
                    verifier.unchecked());
        }
        if (verifier.publishedAgain() > 0) {
            out.printf("%d changes were published again (ratchet republish).%n", verifier.publishedAgain());
        }
        if (verifier.startedOver() > 0) {
            out.printf(
                    "Revisions started over at 1 for %d tasks: after a reset, or with another application id.%n",
                    verifier.startedOver());
        }
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

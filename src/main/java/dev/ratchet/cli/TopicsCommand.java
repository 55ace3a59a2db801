package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import dev.ratchet.topics.ApplyResult;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicCheck;
import dev.ratchet.topics.TopicFinding;
import dev.ratchet.topics.TopicPlan;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Check that the topics are as Ratchet needs them, or make them so.")
final class TopicsCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Say what is wrong with the topics, and what mends it. Changes nothing.",
            footer = {"", "Exit code 0 if all is well, 1 if not, or if no broker answers."})
    int check(@Mixin SettingsOptions options) {
        Settings settings = options.load(Settings.BOOTSTRAP_SERVERS);
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            TopicCheck check = admin.check(TopicPlan.of(settings));
            PrintWriter out = spec.commandLine().getOut();
            check.findings().stream().map(TopicFinding::text).forEach(out::println);
            if (!check.findings().isEmpty()) {
                return 1;
            }
            out.printf(
                    "The topics are as they should be, with %d partitions.%n",
                    check.inputPartitions().orElseThrow());
            return 0;
        }
    }

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description =
                    "Create the topics that are missing, and mend the others. Deletes nothing, and may be repeated.",
            footer = {"", "Exit code 0 if all is well then, 1 if something is left to do, or if no broker answers."})
    int apply(
            @Mixin SettingsOptions options,
            @Option(names = "--dry-run", description = "Only say what would be done.") boolean dryRun) {
        Settings settings = options.load(Settings.BOOTSTRAP_SERVERS);
        TopicPlan plan = TopicPlan.of(settings);
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            ApplyResult applied = dryRun ? admin.dryRun(plan) : admin.apply(plan);
            applied.lines().forEach(spec.commandLine().getOut()::println);
            return applied.unresolved().isEmpty() ? 0 : 1;
        }
    }
}

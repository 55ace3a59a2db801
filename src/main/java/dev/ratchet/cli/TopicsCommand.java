package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicAdmin.ApplyResult;
import dev.ratchet.topics.TopicCheck;
import dev.ratchet.topics.TopicFinding;
import dev.ratchet.topics.TopicPlan;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "topics",
        description = "Check the topics and their configuration, or create and change them.",
        footer = {
            "",
            "Examples:",
            "  ratchet topics check --config ratchet.properties",
            "  ratchet topics apply --config ratchet.properties --dry-run"
        })
final class TopicsCommand {
    @Command(
            name = "check",
            description = "List what is wrong with the topics, and what fixes it. Changes nothing.",
            footer = {
                "",
                "Examples:",
                "  ratchet topics check --config ratchet.properties",
                "",
                "Exit code 0 if nothing is wrong, 1 if something is, or if no broker answers."
            })
    int check(@Mixin SettingsOptions options) {
        Settings settings = options.load(Settings.BOOTSTRAP_SERVERS);
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            TopicCheck check = admin.check(TopicPlan.of(settings));
            options.print(check.findings().stream().map(TopicFinding::text).toList());
            if (!check.findings().isEmpty()) {
                return 1;
            }
            int partitions = check.inputPartitions().orElseThrow();
            options.print(List.of("The topics are as they should be, with " + partitions + " partitions."));
            return 0;
        }
    }

    @Command(
            name = "apply",
            description = "Create missing topics and fix the others. Deletes nothing. Can be repeated.",
            footer = {
                "",
                "Examples:",
                "  ratchet topics apply --config ratchet.properties --dry-run",
                "  ratchet topics apply --config ratchet.properties",
                "",
                "Exit code 0 if nothing is left to fix, 1 if something is, or if no broker answers."
            })
    int apply(
            @Mixin SettingsOptions options,
            @Option(names = "--dry-run", description = "Only list the changes.") boolean dryRun) {
        Settings settings = options.load(Settings.BOOTSTRAP_SERVERS);
        TopicPlan plan = TopicPlan.of(settings);
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            ApplyResult applied = dryRun ? admin.dryRun(plan) : admin.apply(plan);
            options.print(applied.lines());
            return applied.unresolved().isEmpty() ? 0 : 1;
        }
    }
}

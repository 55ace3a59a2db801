package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import dev.ratchet.schemas.SchemaAdmin;
import dev.ratchet.schemas.SchemaPlan;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "schemas",
        description = "Check the schemas in the schema registry, or register them.",
        footer = {
            "",
            "Examples:",
            "  ratchet schemas check --config ratchet.properties",
            "  ratchet schemas register --config ratchet.properties --dry-run"
        })
final class SchemasCommand {
    @Command(
            name = "check",
            description = "List for each topic whether its schema is registered or can be, and the actual and expected"
                    + " compatibility level of its subject. Changes nothing.",
            footer = {
                "",
                "Examples:",
                "  ratchet schemas check --config ratchet.properties",
                "",
                "Exit code 0 if nothing is wrong, 1 if something is, or if no registry answers."
            })
    int check(@Mixin SettingsOptions options) {
        Settings settings = options.load(Settings.SCHEMA_REGISTRY_URL);
        SchemaAdmin.Report report = new SchemaAdmin(settings.serde()).check(SchemaPlan.of(settings));
        options.print(report.lines());
        if (report.complete()) {
            options.print(List.of("The schemas are as they should be."));
        }
        return report.complete() ? 0 : 1;
    }

    @Command(
            name = "register",
            description = "Register missing schemas that are compatible, and set the compatibility levels. Deletes"
                    + " nothing. Can be repeated.",
            footer = {
                "",
                "Examples:",
                "  ratchet schemas register --config ratchet.properties --dry-run",
                "  ratchet schemas register --config ratchet.properties",
                "",
                "Exit code 0 if nothing is left to do, 1 if something is, or if no registry answers."
            })
    int register(
            @Mixin SettingsOptions options,
            @Option(names = "--dry-run", description = "Only list the changes.") boolean dryRun) {
        Settings settings = options.load(Settings.SCHEMA_REGISTRY_URL);
        SchemaAdmin admin = new SchemaAdmin(settings.serde());
        SchemaPlan plan = SchemaPlan.of(settings);
        SchemaAdmin.Report report = admin.register(plan, dryRun);
        options.print(report.lines());
        return report.complete() ? 0 : 1;
    }
}

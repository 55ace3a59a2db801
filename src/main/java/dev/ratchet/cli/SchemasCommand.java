package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import dev.ratchet.schemas.SchemaAdmin;
import dev.ratchet.schemas.SchemaPlan;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "schemas",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Check the schemas in the schema registry, or register them.")
final class SchemasCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "List for each topic whether its schema is registered or can be, and the actual and expected"
                    + " compatibility level of its subject. Changes nothing.",
            footer = {"", "Exit code 0 if nothing is wrong, 1 if something is, or if no registry answers."})
    int check(@Mixin SettingsOptions options) {
        Settings settings = options.load(Settings.SCHEMA_REGISTRY_URL);
        SchemaAdmin.Report report = new SchemaAdmin(settings.serde()).check(SchemaPlan.of(settings));
        PrintWriter out = spec.commandLine().getOut();
        report.lines().stream().map(options::completeHints).forEach(out::println);
        if (report.complete()) {
            out.println("The schemas are as they should be.");
        }
        return report.complete() ? 0 : 1;
    }

    @Command(
            name = "register",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Register missing schemas that are compatible, and set the compatibility levels. Deletes"
                    + " nothing. Can be repeated.",
            footer = {"", "Exit code 0 if nothing is left to do, 1 if something is, or if no registry answers."})
    int register(
            @Mixin SettingsOptions options,
            @Option(names = "--dry-run", description = "Only list the changes.") boolean dryRun) {
        Settings settings = options.load(Settings.SCHEMA_REGISTRY_URL);
        SchemaAdmin admin = new SchemaAdmin(settings.serde());
        SchemaPlan plan = SchemaPlan.of(settings);
        SchemaAdmin.Report report = admin.register(plan, dryRun);
        report.lines().stream()
                .map(options::completeHints)
                .forEach(spec.commandLine().getOut()::println);
        return report.complete() ? 0 : 1;
    }
}

package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import dev.ratchet.schemas.SchemaAdmin;
import dev.ratchet.schemas.SchemaPlan;
import dev.ratchet.schemas.SchemaReport;
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
        description = "Check that the schema registry holds what Ratchet needs, or make it so.")
final class SchemasCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Say for each topic whether its schema is registered or could be, and at which compatibility"
                    + " level its subject stands and should. Changes nothing.",
            footer = {"", "Exit code 0 if all is well, 1 if not, or if no registry answers."})
    int check(@Mixin SettingsOptions options) {
        Settings settings = options.load(Settings.SCHEMA_REGISTRY_URL);
        SchemaReport report = new SchemaAdmin(settings.serde()).check(SchemaPlan.of(settings));
        PrintWriter out = spec.commandLine().getOut();
        report.lines().forEach(out::println);
        if (report.complete()) {
            out.println("The schemas are as they should be.");
        }
        return report.complete() ? 0 : 1;
    }

    @Command(
            name = "register",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Register the schemas that are missing and fit what is there, and set the compatibility"
                    + " levels. Deletes nothing, and may be repeated.",
            footer = {"", "Exit code 0 if all is well then, 1 if something is left to do, or if no registry answers."})
    int register(
            @Mixin SettingsOptions options,
            @Option(names = "--dry-run", description = "Only say what would be done.") boolean dryRun) {
        Settings settings = options.load(Settings.SCHEMA_REGISTRY_URL);
        SchemaAdmin admin = new SchemaAdmin(settings.serde());
        SchemaPlan plan = SchemaPlan.of(settings);
        SchemaReport report = dryRun ? admin.dryRun(plan) : admin.register(plan);
        report.lines().forEach(spec.commandLine().getOut()::println);
        return report.complete() ? 0 : 1;
    }
}

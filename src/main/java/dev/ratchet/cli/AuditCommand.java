package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import dev.ratchet.repair.audit.AuditCheckpoint;
import dev.ratchet.repair.audit.AuditProgress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Compare all live tasks with Conductor, at ratchet.audit.rate, and send the differences to the stream.",
            "The stream need not run."
        },
        footer = {
            "",
            "Exit code 0 if all tasks were audited, 1 if Conductor or Kafka is unavailable, 2 for wrong options."
        })
final class AuditCommand implements Callable<Integer> {
    private final Launcher launcher;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--all", description = "Also audit tasks that have ended.")
    private boolean all;

    @Option(names = "--dry-run", description = "Only list the differences: send nothing to the stream.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON object per difference, and the summary on stderr.")
    private boolean json;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Save the progress in this file, and resume from it.")
    private @Nullable Path checkpoint;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    AuditCommand(Launcher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() {
        Settings settings = dryRun
                ? options.load(Settings.BOOTSTRAP_SERVERS, Settings.CONDUCTOR_URL)
                : options.load(Settings.BOOTSTRAP_SERVERS, Settings.CONDUCTOR_URL, Settings.SCHEMA_REGISTRY_URL);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        AuditPrinter lines = new AuditPrinter(json, out, err);
        AuditProgress report = launcher.audit(settings, all, !dryRun, checkpoint(), lines);
        lines.printSummary(report, resume());
        return report.stopped().isEmpty() ? 0 : 1;
    }

    private Optional<AuditCheckpoint> checkpoint() {
        try {
            return Optional.ofNullable(checkpoint).map(AuditCheckpoint::new);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private String resume() {
        return checkpoint == null
                ? "Run it again to start over; with --checkpoint FILE it would resume."
                : "Run it again with --checkpoint " + checkpoint + " to resume.";
    }
}

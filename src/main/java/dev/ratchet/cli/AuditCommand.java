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
            "Ask Conductor about all live tasks, at ratchet.audit.rate, and tell the stream what it holds differently.",
            "The stream need not run meanwhile."
        },
        footer = {
            "",
            "Exit code 0 if it got to its end, 1 if Conductor or Kafka could not be reached, 2 if called wrongly."
        })
final class AuditCommand implements Callable<Integer> {
    private final Launcher launcher;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--all", description = "Ask about tasks that have ended, too.")
    private boolean all;

    @Option(names = "--dry-run", description = "Only say what differs: tell the stream nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print what differs as JSON, one a line, and the report on stderr.")
    private boolean json;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Where to keep how far it has come. Called again with the same, it goes on from there.")
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
                ? "Call it again to begin anew; with --checkpoint FILE it would go on where it stopped."
                : "Call it again with --checkpoint " + checkpoint + " to go on.";
    }
}

package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = "Run the stream until SIGTERM or Ctrl-C.",
        footer = {
            "",
            "Examples:",
            "  ratchet run --config ratchet.properties",
            "  ratchet run --config ratchet.properties --set kafka.num.stream.threads=4",
            "",
            "Exit code 1 if the stream cannot start or fails, 2 if a setting is missing or wrong."
        })
final class RunCommand implements Callable<Integer> {
    private final Launcher launcher;

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RunCommand(Launcher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws Exception {
        Settings loaded = settings.load(Settings.BOOTSTRAP_SERVERS, Settings.SCHEMA_REGISTRY_URL);
        PrintWriter err = spec.commandLine().getErr();
        return launcher.run(loaded.forRun(), line -> err.println(settings.completeHints(line)));
    }
}

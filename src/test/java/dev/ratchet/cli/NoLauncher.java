package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import dev.ratchet.repairer.Checkpoint;
import dev.ratchet.repairer.SweepListener;
import dev.ratchet.repairer.SweepReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** For commands that must not start anything. */
final class NoLauncher implements Launcher {
    @Override
    public int run(Settings settings, PrintWriter err) {
        throw new AssertionError("Expected nothing to be started");
    }

    @Override
    public int demo(Optional<Path> trace, boolean exit, PrintWriter out) {
        throw new AssertionError("Expected nothing to be started");
    }

    @Override
    public SweepReport audit(
            Settings settings,
            boolean endedToo,
            boolean post,
            Optional<Checkpoint> checkpoint,
            SweepListener listener) {
        throw new AssertionError("Expected nothing to be started");
    }
}

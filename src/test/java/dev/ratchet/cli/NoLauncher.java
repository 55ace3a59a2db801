package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import dev.ratchet.repair.audit.AuditCheckpoint;
import dev.ratchet.repair.audit.AuditListener;
import dev.ratchet.repair.audit.AuditProgress;
import java.util.Optional;
import java.util.function.Consumer;

/** For commands that must not start anything. */
final class NoLauncher implements Launcher {
    @Override
    public int run(Settings settings, Consumer<String> errors) {
        throw new AssertionError("Expected nothing to be started");
    }

    @Override
    public AuditProgress audit(
            Settings settings,
            boolean endedToo,
            boolean post,
            Optional<AuditCheckpoint> checkpoint,
            AuditListener listener) {
        throw new AssertionError("Expected nothing to be started");
    }
}

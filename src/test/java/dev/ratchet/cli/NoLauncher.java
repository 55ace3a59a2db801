package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import java.util.function.Consumer;

/** For commands that must not start anything. */
final class NoLauncher implements Launcher {
    @Override
    public int run(Settings settings, Consumer<String> errors) {
        throw new AssertionError("Expected nothing to be started");
    }
}

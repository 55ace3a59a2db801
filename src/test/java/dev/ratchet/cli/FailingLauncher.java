package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Fails with an exception when the stream is to run. */
class FailingLauncher implements Launcher {
    private final @Nullable RuntimeException failure;

    FailingLauncher(@Nullable RuntimeException failure) {
        this.failure = failure;
    }

    @Override
    public int run(Settings settings, Consumer<String> errors) {
        throw Objects.requireNonNull(failure);
    }
}

package dev.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UncaughtErrorHandlerTest {
    private final AtomicInteger exits = new AtomicInteger();
    private final UncaughtErrorHandler errors = new UncaughtErrorHandler(exits::incrementAndGet);

    @Test
    void deadThreadEndsProcess() {
        errors.uncaughtException(new Thread(() -> {}, "ratchet-1-StateUpdater-1"), new NoClassDefFoundError("gone"));
        assertThat(exits).hasValue(1);
    }

    @Test
    void replacedStreamThreadDoesNotEndProcess() {
        errors.uncaughtException(new Thread(() -> {}, "ratchet-1-StreamThread-12"), new IllegalStateException("away"));
        assertThat(exits).hasValue(0);
    }
}

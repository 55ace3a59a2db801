package dev.ratchet.real;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the processes write what they have to say: it stays after the tests. */
final class LogFolder {
    private static final Path FOLDER = Path.of("target", "real").toAbsolutePath();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private LogFolder() {}

    static Path folder() {
        return FOLDER;
    }

    /** {@return a file of this run's own} */
    static Path of(String name) {
        return FOLDER.resolve(
                "%s-%d-%d.log".formatted(name, ProcessHandle.current().pid(), NUMBER.incrementAndGet()));
    }
}

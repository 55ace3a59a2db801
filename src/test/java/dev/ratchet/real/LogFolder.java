package dev.ratchet.real;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Log files of the processes, which stay after the tests. */
final class LogFolder {
    private static final Path FOLDER = Path.of("target", "real").toAbsolutePath();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private LogFolder() {}

    static Path folder() {
        return FOLDER;
    }

    /** {@return a new file of this run} */
    static Path of(String name) {
        return FOLDER.resolve(
                "%s-%d-%d.log".formatted(name, ProcessHandle.current().pid(), NUMBER.incrementAndGet()));
    }
}

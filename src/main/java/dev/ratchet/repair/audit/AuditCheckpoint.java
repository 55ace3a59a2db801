package dev.ratchet.repair.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** A file with the id of the last completed task. Empty before the first one, deleted after the last one. */
public final class AuditCheckpoint {
    private final Path file;

    /**
     * Creates the file if it is missing, so that an unwritable path fails at once.
     *
     * @throws IllegalArgumentException if it cannot be created, or holds something else
     */
    public AuditCheckpoint(Path file) {
        this.file = file;
        try {
            if (Files.notExists(file)) {
                Files.createFile(file);
            }
            lastTaskId();
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException(
                    "Expected a checkpoint that can be read and written, but got " + file + ": " + e.getMessage(), e);
        }
    }

    Optional<String> lastTaskId() {
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() > 1) {
                throw new IllegalArgumentException(
                        "Expected a checkpoint to hold one task id, but " + file + " holds " + lines.size() + " lines");
            }
            return lines.stream().filter(line -> !line.isBlank()).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Atomic: a crash leaves the previous content. */
    void write(String taskId) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, taskId + "\n");
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

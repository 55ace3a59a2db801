package dev.ratchet.repair.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** A file that holds the id of the last task that is done; it is empty while none is, and there is none once all are. */
public final class AuditCheckpoint {
    private final Path file;

    /**
     * Makes the file if there is none, so that one that cannot be written shows before anything is done.
     *
     * @throws IllegalArgumentException if it cannot be, or holds something else
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

    /** All or nothing: a process killed meanwhile leaves what was there before. */
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

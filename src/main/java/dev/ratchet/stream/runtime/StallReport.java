package dev.ratchet.stream.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says of a stalled stream what is stuck, where its threads are, and how much room is left on the disk. */
final class StallReport {
    private static final int MEBIBYTE = 1 << 20;
    private static final Pattern OF_STREAMS = Pattern.compile(".*-(StreamThread|StateUpdater)-\\d+");
    private static final int FRAMES = 60;
    private static final long DISK_ANSWERS_WITHIN_SECONDS = 5;

    private final Path stateDirectory;

    StallReport(Path stateDirectory) {
        this.stateDirectory = stateDirectory;
    }

    /** @param stalled what, in words, and how far it had come */
    String create(Map<String, Object> stalled, Duration limit) {
        return ("The stream has made no progress for %d s although the brokers answer, so the process ends with exit code 1:"
                        + " %s. Free space in %s: %s. If the disk is full, make room; if it is slow or broken, replace it."
                        + " Then start again: what was not committed is processed again. If neither is so, report this"
                        + " with the stacks of the stream's threads:%n%s")
                .formatted(limit.toSeconds(), stalled, stateDirectory, freeSpace(), stacks());
    }

    /** A file system that hangs must not hold this up. */
    private String freeSpace() {
        return CompletableFuture.supplyAsync(this::usable)
                .completeOnTimeout(
                        "unknown, the file system does not answer", DISK_ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS)
                .exceptionally(failure -> "unknown, " + failure.getCause())
                .join();
    }

    private String usable() {
        try {
            FileStore disk = Files.getFileStore(stateDirectory);
            return disk.getUsableSpace() / MEBIBYTE + " MiB of " + disk.getTotalSpace() / MEBIBYTE + " MiB";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By the names that Kafka Streams gives its threads. */
    private static String stacks() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(one -> OF_STREAMS.matcher(one.getKey().getName()).matches())
                .map(one -> stack(one.getKey(), one.getValue()))
                .sorted()
                .collect(Collectors.joining());
    }

    private static String stack(Thread thread, StackTraceElement[] frames) {
        return "%s, %s%n%s"
                .formatted(
                        thread.getName(),
                        thread.getState(),
                        Stream.of(frames)
                                .limit(FRAMES)
                                .map("\tat %s%n"::formatted)
                                .collect(Collectors.joining()));
    }
}

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

/** Describes a stalled stream: what is stuck, the stacks of its threads, the free space on the disk. */
final class StallReport {
    private static final int MEBIBYTE = 1 << 20;
    private static final Pattern OF_STREAMS = Pattern.compile(".*-(StreamThread|StateUpdater)-\\d+");
    private static final int FRAMES = 60;
    private static final long DISK_ANSWERS_WITHIN_SECONDS = 5;

    private final Path stateDirectory;

    StallReport(Path stateDirectory) {
        this.stateDirectory = stateDirectory;
    }

    /** @param stalled descriptions of the stalled work, with their progress */
    String create(Map<String, Object> stalled, Duration limit) {
        return ("The stream has made no progress for %d s although the brokers answer, so the process ends with exit"
                        + " code 1: %s. Free space in %s: %s. If the disk is full, free space; if it is slow or"
                        + " broken, replace it. Then start again: uncommitted records are processed again. If the"
                        + " disk is fine, report this line with the stacks of the stream's threads:%n%s")
                .formatted(limit.toSeconds(), stalled, stateDirectory, freeSpace(), stacks());
    }

    /** The file system may hang: the report must not wait for it. */
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

    /** Finds the threads by the names that Kafka Streams gives them. */
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

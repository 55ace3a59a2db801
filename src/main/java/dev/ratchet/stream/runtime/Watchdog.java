package dev.ratchet.stream.runtime;

import dev.ratchet.stream.progress.PeriodicTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a stream that has work but makes no progress: a full disk, or a thread stuck in native code, throws no
 * exception. Does not end a stream whose brokers do not answer: a restart would not help.
 */
final class Watchdog extends PeriodicTask {
    /** With Kafka's default settings, the group removes a consumer that has not polled for this long. */
    static final Duration LIMIT = Duration.ofMinutes(5);

    private static final int CHECKS_PER_LIMIT = 20;
    private static final int MEBIBYTE = 1 << 20;
    private static final Pattern OF_STREAMS = Pattern.compile(".*-(StreamThread|StateUpdater)-\\d+");
    private static final int FRAMES = 60;
    private static final long DISK_ANSWERS_WITHIN_SECONDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final Duration limit;
    private final Callable<Map<String, Object>> work;
    private final Path stateDirectory;
    private final Consumer<Throwable> onStall;
    private final StallDetector detector;
    private final AtomicLong checks = new AtomicLong();

    private volatile Map<String, Object> stalled = Map.of();
    private volatile long checkedAt = System.nanoTime();

    /**
     * @param limit how long work may make no progress
     * @param work returns a description of each piece of work, and its progress. Throws an {@link ExecutionException} or
     *     a {@link TimeoutException} if the brokers do not answer, which leaves the progress unknown
     * @param onStall called once, after the report is logged
     */
    Watchdog(Duration limit, Callable<Map<String, Object>> work, Path stateDirectory, Consumer<Throwable> onStall) {
        super("ratchet-watchdog", interval(limit));
        this.limit = limit;
        this.work = work;
        this.stateDirectory = stateDirectory;
        this.onStall = onStall;
        this.detector = new StallDetector(limit);
    }

    /** The time between two checks: a stall is detected this much later. */
    static Duration interval(Duration limit) {
        return limit.dividedBy(CHECKS_PER_LIMIT);
    }

    @Override
    protected void poll() {
        check(System.nanoTime());
    }

    void check(long nanos) {
        try {
            Map<String, Object> found = detector.findStalled(work.call(), nanos);
            if (!found.isEmpty() && stalled.isEmpty()) {
                stalled = found;
                end(found);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException brokers) {
            detector.reset();
            LOG.debug("The brokers do not answer; cannot check whether the stream is stalled", brokers);
        } catch (Exception | Error failed) {
            detector.reset();
            LOG.error("RATCHET-1010 Cannot check whether the stream is stalled; trying again", failed);
        }
        checks.incrementAndGet();
        checkedAt = System.nanoTime();
    }

    /** The work that made no progress within the limit; empty until the watchdog ends the stream. Thread-safe. */
    Map<String, Object> stalled() {
        return stalled;
    }

    /** The time since the last check, whatever it found. Longer than the limit: the watchdog itself is stuck. Thread-safe. */
    Duration sinceCheck() {
        return Duration.ofNanos(System.nanoTime() - checkedAt);
    }

    Duration limit() {
        return limit;
    }

    private void end(Map<String, Object> found) {
        try {
            LOG.error("RATCHET-1009 {}", report(found));
        } finally {
            onStall.accept(new IllegalStateException("No progress for " + limit.toSeconds() + " s: " + found));
        }
    }

    long checks() {
        return checks.get();
    }

    private String report(Map<String, Object> found) {
        return ("The stream has made no progress for %d s although the brokers answer, so the process ends with exit"
                        + " code 1: %s. Free space in %s: %s. If the disk is full, free space; if it is slow or"
                        + " broken, replace it. Then start again: uncommitted records are processed again. If the"
                        + " disk is fine, report this line with the stacks of the stream's threads:%n%s")
                .formatted(limit.toSeconds(), found, stateDirectory, freeSpace(), stacks());
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

package dev.ratchet;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the parts of the process at shutdown. If something is still open at the deadline, halts the process: whatever
 * hangs, be it a part, a shutdown hook of a library, or a blocked log.
 * <p>Groups are closed in parallel, the parts of a group one after the other, last added first.
 */
final class ShutdownHook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownHook.class);

    /** The documented limit is 40 s. The slowest part, the stream, takes up to 30 s. */
    private static final Duration DEADLINE = Duration.ofSeconds(37);

    private static final Duration TIME_TO_LOG = Duration.ofSeconds(1);
    private static final int FAILED = 1;
    private static final int SIGTERM = 128 + 15;

    private final Duration deadline;
    private final IntConsumer halt;
    private final Map<String, Deque<AutoCloseable>> groups = new LinkedHashMap<>();
    private final List<Thread> closing = new ArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile int exitCode = FAILED;

    /** Also closes on SIGTERM: the process then ends with exit code 143. */
    ShutdownHook() {
        this(DEADLINE);
    }

    ShutdownHook(Duration deadline) {
        this(deadline, Runtime.getRuntime()::halt);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(SIGTERM), "shutdown"));
    }

    /**
     * @param deadline from the request to stop until the process is halted
     * @param halt ends the process with an exit code, at once
     */
    ShutdownHook(Duration deadline, IntConsumer halt) {
        this.deadline = deadline;
        this.halt = halt;
        daemon("shutdown-deadline", this::haltAtDeadline).start(); // now: there may be no memory for a thread later
    }

    /** {@return the part} Closed before those that were added to the group earlier. */
    synchronized <T extends AutoCloseable> T add(String group, T part) {
        groups.computeIfAbsent(group, name -> new ArrayDeque<>()).push(part);
        return part;
    }

    /** Closes all parts and waits up to the deadline. The process ends with exit code 1. */
    @Override
    public void close() {
        close(FAILED);
    }

    /** Ends the process with exit code 1. Returns at once; callable from any thread. */
    void exit() {
        begin(FAILED);
        try {
            daemon("exit", () -> System.exit(FAILED)).start();
        } catch (OutOfMemoryError noThread) {
            halt.accept(FAILED);
        }
    }

    private void close(int exitCode) {
        begin(exitCode);
        for (Thread one : closeGroups()) {
            try {
                one.join(deadline.plus(TIME_TO_LOG).plus(TIME_TO_LOG).toMillis()); // the process is halted before
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The first request decides the exit code. */
    private synchronized void begin(int exitCode) {
        if (begun.getCount() > 0) {
            this.exitCode = exitCode;
            begun.countDown();
        }
    }

    private synchronized List<Thread> closeGroups() {
        if (closing.isEmpty()) {
            groups.forEach((group, parts) -> {
                List<AutoCloseable> inTurn = List.copyOf(parts);
                closing.add(daemon("shutdown-" + group, () -> inTurn.forEach(ShutdownHook::closeQuietly)));
            });
            closing.forEach(Thread::start);
        }
        return List.copyOf(closing);
    }

    private static void closeQuietly(AutoCloseable part) {
        Utils.closeQuietly(part, part.getClass().getSimpleName());
    }

    private void haltAtDeadline() {
        try {
            begun.await();
            TimeUnit.NANOSECONDS.sleep(deadline.toNanos());
            Thread reporter = daemon("shutdown-report", this::report);
            reporter.start();
            reporter.join(TIME_TO_LOG.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            halt.accept(exitCode);
        }
    }

    private void report() {
        LOG.error(
                "RATCHET-2001 The process did not stop within {} s and is halted now; still open: {}. Uncommitted records are"
                        + " processed again after the next start, which restores the state from Kafka. The exit code is {}.",
                deadline.toSeconds(),
                describeOpenParts(),
                exitCode);
    }

    private synchronized List<String> describeOpenParts() {
        List<String> open = closing.stream()
                .filter(Thread::isAlive)
                .map(one -> one.getName() + " at " + List.of(one.getStackTrace()))
                .toList();
        return open.isEmpty() ? List.of("nothing of Ratchet, so perhaps a shutdown hook of a library") : open;
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}

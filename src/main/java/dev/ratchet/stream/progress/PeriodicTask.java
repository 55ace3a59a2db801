package dev.ratchet.stream.progress;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A daemon thread of its own, in which something is done again and again with a pause after each time. What throws is not
 * done again, and the executor says nothing of it: the work must handle its failures itself.
 */
public final class PeriodicTask implements AutoCloseable {
    private final ScheduledExecutorService executor;

    /** @param name of the thread */
    public PeriodicTask(String name) {
        executor = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread one = new Thread(work, name);
            one.setDaemon(true);
            return one;
        });
    }

    /** Begins after the first pause; returns at once. */
    public void every(Duration pause, Runnable work) {
        schedule(pause, pause, work);
    }

    /** Begins now; returns at once. */
    void startNow(Duration pause, Runnable work) {
        schedule(Duration.ZERO, pause, work);
    }

    private void schedule(Duration first, Duration pause, Runnable work) {
        var unused = executor.scheduleWithFixedDelay(work, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The work is not done again; for the work itself to say. */
    public void stop() {
        executor.shutdown();
    }

    /** Interrupts the work, and does it no more. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}

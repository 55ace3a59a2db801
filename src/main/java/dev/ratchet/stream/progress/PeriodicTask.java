package dev.ratchet.stream.progress;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs a task periodically in a daemon thread of its own, with a pause after each run. The task must catch its own
 * exceptions: after one that escapes, the executor does not run it again and logs nothing.
 */
public final class PeriodicTask implements AutoCloseable {
    private final ScheduledExecutorService executor;

    /** @param name name of the thread */
    public PeriodicTask(String name) {
        executor = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread one = new Thread(work, name);
            one.setDaemon(true);
            return one;
        });
    }

    /** Starts after the first pause. Returns at once. */
    public void every(Duration pause, Runnable work) {
        schedule(pause, pause, work);
    }

    /** Starts now. Returns at once. */
    void startNow(Duration pause, Runnable work) {
        schedule(Duration.ZERO, pause, work);
    }

    private void schedule(Duration first, Duration pause, Runnable work) {
        var unused = executor.scheduleWithFixedDelay(work, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops after the current run. The task itself may call it. */
    public void stop() {
        executor.shutdown();
    }

    /** Interrupts the current run and stops. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}

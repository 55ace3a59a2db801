package dev.ratchet.stream.progress;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs periodically in a daemon thread of its own, with a pause after each run. */
public abstract class PeriodicTask implements AutoCloseable {
    private final Duration pause;
    private final ScheduledExecutorService executor;

    protected PeriodicTask(String name, Duration pause) {
        this.pause = pause;
        executor = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread one = new Thread(work, name);
            one.setDaemon(true);
            return one;
        });
    }

    /** Must catch everything: after an exception, the executor does not run it again and logs nothing. */
    protected abstract void poll();

    public void start() {
        var unused = executor.scheduleWithFixedDelay(this::poll, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Stops after the current run. The task itself may call it. */
    protected final void stop() {
        executor.shutdown();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}

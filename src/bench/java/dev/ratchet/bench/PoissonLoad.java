package dev.ratchet.bench;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Events at random times, so many a second on average and without a pause, from its start until it is closed. Some tasks
 * lose their end: an older write follows it at once.
 */
final class PoissonLoad implements AutoCloseable {
    private static final int ONE_TASK_IN = 100;
    private static final int ENDED = 2;
    private static final int STARTED = 1;
    private static final long SEED = 176;

    private final Cluster cluster;
    private final NativeEvents events;
    private final Workload workload;
    private final Map<String, Long> lost = new ConcurrentHashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "poisson-load");
    private volatile int rate;
    private volatile boolean closed;

    private PoissonLoad(Cluster cluster, NativeEvents events, int rate, int atOnce) {
        this.cluster = cluster;
        this.events = events;
        this.rate = rate;
        this.workload = Workload.ordered(Integer.MAX_VALUE, atOnce);
    }

    static PoissonLoad start(Cluster cluster, NativeEvents events, int rate, int atOnce) {
        PoissonLoad load = new PoissonLoad(cluster, events, rate, atOnce);
        load.thread.start();
        return load;
    }

    /** From now on so many a second. */
    void rate(int perSecond) {
        rate = perSecond;
    }

    /** How many events were sent so far. */
    long sent() {
        if (failure.get() != null) {
            throw new IllegalStateException("Expected events to be sent without a pause, but got", failure.get());
        }
        return sent.get();
    }

    /** Tasks whose end was lost, and when, ms of the wall clock; who reads of a task's repair takes it out. */
    Map<String, Long> lost() {
        return lost;
    }

    private void run() {
        long begun = System.currentTimeMillis();
        Random random = new Random(SEED);
        try (Sending sending = new Sending(Map.of("bootstrap.servers", cluster.address()))) {
            double due = System.nanoTime();
            while (!closed) {
                for (long now = System.nanoTime(); due <= now && !closed; sent.incrementAndGet()) {
                    due += -Math.log(1 - random.nextDouble()) * 1e9 / rate;
                    send(sending, workload.next(), begun);
                }
                LockSupport.parkNanos(200_000);
            }
        } catch (RuntimeException | Error failed) {
            failure.set(failed);
        }
    }

    private void send(Sending sending, Workload.Step step, long begun) {
        long now = System.currentTimeMillis();
        sending.send(events.topic(), step.task(), events.value(step, begun, now));
        if (step.event() == ENDED && step.task() % ONE_TASK_IN == 0) {
            lost.put(EventSource.taskId(step.task()), now);
            Workload.Step older = new Workload.Step(step.task(), STARTED);
            sending.send(events.topic(), step.task(), events.value(older, begun, now + 1));
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

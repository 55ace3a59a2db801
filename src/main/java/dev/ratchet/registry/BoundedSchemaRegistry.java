package dev.ratchet.registry;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A registry for stream threads, whose transactions would time out if they blocked for long. {@link #byId} and {@link
 * #latest} run on threads of this class, one thread per key, and the caller waits up to its {@link WaitBudget}. A lookup
 * that takes longer throws {@link RegistryUnavailableException} and continues: a later call gets its result. Registration
 * happens at start and blocks as long as the delegate does.
 */
public final class BoundedSchemaRegistry implements SchemaRegistry {
    private static final int THREADS = 4;
    private static final int MAX_WAITING = 1_000;

    private final SchemaRegistry registry;
    private final Map<Integer, Schema> known = new ConcurrentHashMap<>();
    private final ConcurrentMap<Object, CompletableFuture<Object>> running = new ConcurrentHashMap<>();
    private final ThreadLocal<WaitBudget> budgets = ThreadLocal.withInitial(() -> new WaitBudget(System.nanoTime()));
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), work -> {
                Thread one = new Thread(work, "ratchet-registry");
                one.setDaemon(true);
                return one;
            });

    public BoundedSchemaRegistry(SchemaRegistry registry) {
        this.registry = registry;
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public int register(String subject, Schema schema) {
        return registry.register(subject, schema);
    }

    @Override
    public int id(String subject, Schema schema) {
        return registry.id(subject, schema);
    }

    @Override
    public Schema byId(int id) {
        Schema schema = known.get(id);
        if (schema != null) {
            return schema;
        }
        return (Schema) ask(id, () -> registry.byId(id));
    }

    @Override
    public Registered latest(String subject) {
        return (Registered) ask(subject, () -> registry.latest(subject));
    }

    private Object ask(Object key, Supplier<Object> lookup) {
        try {
            return await(
                    key,
                    running.computeIfAbsent(
                            key, first -> CompletableFuture.supplyAsync(() -> lookUp(key, lookup), threads)));
        } catch (RejectedExecutionException full) {
            throw new RegistryUnavailableException(
                    "Expected the schema registry to answer in time, but %d lookups wait for it already"
                            .formatted(MAX_WAITING),
                    full);
        }
    }

    /** Ends the lookup before its future completes, so that a later call starts a new lookup. */
    private Object lookUp(Object key, Supplier<Object> lookup) {
        try {
            Object result = lookup.get();
            if (key instanceof Integer id && result instanceof Schema schema) {
                known.put(id, schema); // also for callers whose wait is over
            }
            return result;
        } finally {
            running.remove(key);
        }
    }

    private Object await(Object key, CompletableFuture<Object> answer) {
        WaitBudget budget = budgets.get();
        long nanos = budget.remaining(System.nanoTime());
        try {
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new RegistryUnavailableException(
                    "Expected the schema registry to answer about %s in time, but it did not within %d ms"
                            .formatted(key, TimeUnit.NANOSECONDS.toMillis(nanos)),
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            budget.spendUntil(System.nanoTime());
        }
    }

    /**
     * Limits how long one thread waits: 2.5 s at once, then a fifth of the elapsed time. So it waits at most 4.5 s of any ten, less
     * than half of 10 s, the shortest transaction timeout that Ratchet sets. Not thread-safe.
     */
    static final class WaitBudget {
        static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);
        private static final int SHARE = 5;

        private long left = MAX_NANOS;
        private long at;

        /** @param now of {@link System#nanoTime} */
        WaitBudget(long now) {
            this.at = now;
        }

        /** {@return nanoseconds that it may wait from now on} */
        long remaining(long now) {
            left = Math.min(MAX_NANOS, left + (now - at) / SHARE);
            at = now;
            return left;
        }

        /** Deducts the time since {@link #remaining} was called. */
        void spendUntil(long now) {
            left = Math.max(0, left - (now - at));
            at = now;
        }
    }
}

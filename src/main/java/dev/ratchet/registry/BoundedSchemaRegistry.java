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
 * A registry for stream threads, which must not wait for long: their transactions would time out. {@link #byId} and {@link
 * #latest} are asked by threads of its own, each question by one at a time, and a caller waits {@link WaitBudget so long}
 * at most. A question that is not answered by then throws {@link RegistryUnavailableException}, and goes on: who asks again
 * later gets its answer. Registering is for the start, and waits as long as the registry beneath does.
 */
public final class BoundedSchemaRegistry implements SchemaRegistry {
    private static final int THREADS = 4;
    private static final int MOST_WAITING = 1_000;

    private final SchemaRegistry registry;
    private final Map<Integer, Schema> known = new ConcurrentHashMap<>();
    private final ConcurrentMap<Object, CompletableFuture<Object>> running = new ConcurrentHashMap<>();
    private final ThreadLocal<WaitBudget> allowances = ThreadLocal.withInitial(() -> new WaitBudget(System.nanoTime()));
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), work -> {
                Thread one = new Thread(work, "ratchet-registry");
                one.setDaemon(true);
                return one;
            });

    /** @param registry that is asked */
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

    private Object ask(Object what, Supplier<Object> question) {
        CompletableFuture<Object> mine = new CompletableFuture<>();
        CompletableFuture<Object> other = running.putIfAbsent(what, mine);
        if (other == null) {
            start(what, question, mine);
        }
        return await(what, other == null ? mine : other);
    }

    private void start(Object what, Supplier<Object> question, CompletableFuture<Object> answer) {
        try {
            threads.execute(() -> answer(what, question, answer));
        } catch (RejectedExecutionException full) {
            RegistryUnavailableException failure = new RegistryUnavailableException(
                    "Expected the schema registry to answer in time, but %d questions wait for it already"
                            .formatted(MOST_WAITING),
                    full);
            running.remove(what, answer);
            answer.completeExceptionally(failure);
        }
    }

    /** Whoever asks after an answer asks anew, so the question is over before it is told. */
    private void answer(Object what, Supplier<Object> question, CompletableFuture<Object> answer) {
        try {
            Object told = question.get();
            if (what instanceof Integer id && told instanceof Schema schema) {
                known.put(id, schema); // also for those who have given up waiting
            }
            running.remove(what, answer);
            answer.complete(told);
        } catch (RuntimeException | Error failure) {
            running.remove(what, answer);
            answer.completeExceptionally(failure);
        }
    }

    private Object await(Object what, CompletableFuture<Object> answer) {
        WaitBudget allowance = allowances.get();
        long nanos = allowance.left(System.nanoTime());
        try {
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new RegistryUnavailableException(
                    "Expected the schema registry to tell of %s in time, but it was not told within %d ms"
                            .formatted(what, TimeUnit.NANOSECONDS.toMillis(nanos)),
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            allowance.waitedUntil(System.nanoTime());
        }
    }
}

package dev.ratchet.registry;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Looks up schema ids. Caches failures, so that records with such an id cost no request each: an id of another format for
 * ever, since ids never change, an unknown or refused one for ten seconds. Thread-safe; threads that ask for the same id at
 * the same time may each send a request.
 */
final class SchemaLookups {
    private static final Duration REST = Duration.ofSeconds(10);
    private static final int MAX_REMEMBERED = 10_000;

    /** Waits for unknown ids per ten seconds. In bytes that are not Avro each record may seem to have another id. */
    private static final int MAX_VAIN_WAITS = 5;

    interface Source {
        /**
         * Asks the registry.
         *
         * @param mayWait whether to wait for an unknown id: a node of the registry may learn of a new schema a moment later than
         *     the node that registered it
         */
        Schema ask(int id, boolean mayWait);
    }

    private record Failure(RuntimeException cause, boolean isForGood, long at) {}

    private final Source source;
    private final LongSupplier nanoTime;
    private final Map<Integer, Failure> failures = new LinkedHashMap<>();
    private final Deque<Long> vainWaits = new ArrayDeque<>();

    SchemaLookups(Source source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /** {@return the schema} Throws what the source throws; for cached failures without asking it. */
    Schema byId(int id) {
        throwRemembered(id);
        boolean mayWait = mayWait();
        try {
            return source.ask(id, mayWait);
        } catch (RuntimeException failure) {
            remember(id, failure, mayWait);
            throw failure;
        }
    }

    private synchronized void throwRemembered(int id) {
        Failure failure = failures.get(id);
        if (failure == null) {
            return;
        }
        if (failure.isForGood || nanoTime.getAsLong() - failure.at < REST.toNanos()) {
            throw failure.cause;
        }
        failures.remove(id);
    }

    private synchronized boolean mayWait() {
        while (!vainWaits.isEmpty() && nanoTime.getAsLong() - vainWaits.getFirst() >= REST.toNanos()) {
            vainWaits.removeFirst();
        }
        return vainWaits.size() < MAX_VAIN_WAITS;
    }

    private synchronized void remember(int id, RuntimeException failure, boolean waited) {
        boolean isRefused = failure instanceof RegistryRefusedException;
        boolean isForeign = failure instanceof SerializationException && !(failure instanceof RegistryException);
        if (!isRefused && !isForeign) {
            return;
        }
        if (waited && failure instanceof RegistryRefusedException refused && refused.isNotFound()) {
            vainWaits.addLast(nanoTime.getAsLong());
        }
        failures.put(id, new Failure(failure, isForeign, nanoTime.getAsLong()));
        if (failures.size() > MAX_REMEMBERED) {
            failures.remove(failures.keySet().iterator().next());
        }
    }
}

package dev.ratchet.stream.deferred;

import dev.ratchet.registry.RegistryException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Schemas of one input partition that the registry does not know. If the registry is proven right, their records wait a
 * moment, and are then unreadable. If it is not proven, a few such records wait until it is; many show that it is the
 * wrong registry. For one thread.
 */
public final class UnknownSchemas {
    /** Records of one partition that may wait for a proof. More show that the registry is wrong. */
    public static final int MAX_UNPROVEN = 10;

    /**
     * How long Ratchet waits, once for each id, for a schema that the right registry does not know: one of its nodes may
     * lag behind.
     */
    public static final Duration MAX_LATE = Duration.ofSeconds(30);

    /** Ids that are waited for at the same time: values that are not Avro may seem to have any id. */
    public static final int MAX_LATE_IDS = 20;

    private static final int MAX_GIVEN_UP = 1_000;

    /** How long they wait for a proof, ms. */
    private static final long MAX_WAIT = Duration.ofMinutes(10).toMillis();

    private final RegistryCheck check;
    private final TopicPartition input;
    private final DeferredRecords deferred;
    private final Set<Integer> withoutProof = new TreeSet<>();

    /** Schemas that the right registry does not know, and when their first record was read, ms. */
    private final Map<Integer, Long> late = new HashMap<>();

    private final Set<Integer> givenUp = new LinkedHashSet<>();

    /** Records with such a schema that were too large to wait. */
    private int tooLarge;

    UnknownSchemas(RegistryCheck check, TopicPartition input, DeferredRecords deferred) {
        this.check = check;
        this.input = input;
        this.deferred = deferred;
    }

    /**
     * Whether a record with this schema, which the registry does not know, must wait; if not, it is unreadable.
     *
     * @param since when the record was first read, ms
     * @param now ms
     * @throws RegistryException if the registry does not answer the check, or refuses it
     * @throws WrongRegistryException if the registry has lost its schemas
     */
    boolean mayWait(int schema, long since, long now) {
        if (check.isProven()) {
            check.verify();
            withoutProof.remove(schema);
            return !deferred.isHalfFull() && mayBeLate(schema, since, now);
        }
        if (now - since < MAX_WAIT) {
            withoutProof.add(schema);
            return true;
        }
        withoutProof.remove(schema);
        return false;
    }

    private boolean mayBeLate(int id, long since, long now) {
        late.forEach((waiting, first) -> {
            if (now - first >= MAX_LATE.toMillis()) {
                givenUp.add(waiting);
            }
        });
        late.keySet().removeAll(givenUp);
        while (givenUp.size() > MAX_GIVEN_UP) {
            givenUp.remove(givenUp.iterator().next());
        }
        if (givenUp.contains(id) || now - since >= MAX_LATE.toMillis()) {
            return false;
        }
        if (late.size() < MAX_LATE_IDS) {
            late.putIfAbsent(id, since);
        }
        return late.containsKey(id);
    }

    /**
     * Whether the registry, proven right, does not know the schema, and too many records wait for its records to wait
     * too.
     */
    boolean lacksRoom(int schema) {
        return deferred.isHalfFull() && late.containsKey(schema);
    }

    void remove(int schema) {
        withoutProof.remove(schema);
        late.remove(schema);
        givenUp.remove(schema);
    }

    /** Counts a record that is too large to wait, if its schema is one of these. */
    void tooLarge(int schema) {
        if (withoutProof.contains(schema)) {
            tooLarge++;
            check();
        }
    }

    /** @throws WrongRegistryException if there are too many such records */
    void check() {
        int count = deferred.count(withoutProof) + (check.isProven() ? 0 : tooLarge);
        if (count > MAX_UNPROVEN) {
            throw new WrongRegistryException("Expected the schema registry at " + check.url()
                    + " to know the schemas of the records on " + input.topic() + ", but it does not know those of "
                    + count + " records on partition " + input.partition()
                    + ", and it has returned no schema of any record since the start. Unknown schema ids: "
                    + withoutProof);
        }
    }
}

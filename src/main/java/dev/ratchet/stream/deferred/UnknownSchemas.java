package dev.ratchet.stream.deferred;

import dev.ratchet.registry.RegistryException;
import java.time.Duration;
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

    /** How long they wait for a proof, ms. */
    private static final long MAX_WAIT = Duration.ofMinutes(10).toMillis();

    private final RegistryCheck check;
    private final TopicPartition input;
    private final DeferredRecords deferred;
    private final Set<Integer> withoutProof = new TreeSet<>();
    private final LateSchemas late = new LateSchemas();

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
            return !deferred.isHalfFull() && late.mayWait(schema, since, now);
        }
        if (now - since < MAX_WAIT) {
            withoutProof.add(schema);
            return true;
        }
        withoutProof.remove(schema);
        return false;
    }

    /**
     * Whether the registry, proven right, does not know the schema, and too many records wait for its records to wait
     * too.
     */
    boolean lacksRoom(int schema) {
        return deferred.isHalfFull() && late.contains(schema);
    }

    /** The registry knows it. */
    void remove(int schema) {
        withoutProof.remove(schema);
        late.remove(schema);
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

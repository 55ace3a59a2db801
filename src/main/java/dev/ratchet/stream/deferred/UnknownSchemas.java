package dev.ratchet.stream.deferred;

import dev.ratchet.registry.RegistryException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Schemas of one input partition that the registry does not know. If it has proved right, they are waited for a moment, and
 * their records are bad then. If it has not, a few are the fault of their records, which wait until that is certain, and many
 * show that it is the wrong registry. For one thread.
 */
public final class UnknownSchemas {
    /** Bad records that a registry without proof may hold up in one partition. More are not bad luck. */
    public static final int MAX_UNPROVEN = 10;

    /** How long they wait for a proof, ms. */
    private static final long MAX_WAIT = Duration.ofMinutes(10).toMillis();

    private final RegistryCheck check;
    private final TopicPartition input;
    private final DeferredRecords deferred;
    private final Set<Integer> withoutProof = new TreeSet<>();
    private final LateSchemas late = new LateSchemas();

    /** Records with such a schema that could not even wait. */
    private int tooLarge;

    UnknownSchemas(RegistryCheck check, TopicPartition input, DeferredRecords deferred) {
        this.check = check;
        this.input = input;
        this.deferred = deferred;
    }

    /**
     * Whether a record with this schema, which the registry does not know, is to wait; if not, it is bad.
     *
     * @param since when the record was read first, ms
     * @param now ms
     * @throws RegistryException if the registry does not answer whether it is right, or refuses that
     * @throws WrongRegistryException if it has lost its schemas
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

    /** Whether the right registry does not know this one, and too many records wait for its records to wait as well. */
    boolean lacksRoom(int schema) {
        return deferred.isHalfFull() && late.contains(schema);
    }

    /** The registry knows it. */
    void remove(int schema) {
        withoutProof.remove(schema);
        late.remove(schema);
    }

    /** A record of this schema is too large to wait; it counts all the same if the schema is one of these. */
    void tooLarge(int schema) {
        if (withoutProof.contains(schema)) {
            tooLarge++;
            check();
        }
    }

    /** @throws WrongRegistryException if they are many */
    void check() {
        int count = deferred.count(withoutProof) + (check.isProven() ? 0 : tooLarge);
        if (count > MAX_UNPROVEN) {
            throw new WrongRegistryException("Expected the schema registry at " + check.url()
                    + " to know the schemas of the records on " + input.topic() + ", but it does not know those of "
                    + count + " records on partition " + input.partition()
                    + ", and of no record has it told the schema since the start. Unknown schema ids: "
                    + withoutProof);
        }
    }
}

package dev.ratchet.stream;

import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Schemas of one input partition that a registry without proof does not know: a few are the fault of their records, which
 * wait until that is certain; many show that it is the wrong registry. For one thread.
 */
final class UnknownSchemas {
    private final RegistryCheck check;
    private final TopicPartition input;
    private final DeferredRecords deferred;
    private final Set<Integer> ids = new TreeSet<>();

    /** Records with such a schema that could not even wait. */
    private int tooLarge;

    UnknownSchemas(RegistryCheck check, TopicPartition input, DeferredRecords deferred) {
        this.check = check;
        this.input = input;
        this.deferred = deferred;
    }

    void add(int schema) {
        ids.add(schema);
    }

    void remove(int schema) {
        ids.remove(schema);
    }

    /** A record of this schema is too large to wait; it counts all the same if the schema is one of these. */
    void tooLarge(int schema) {
        if (ids.contains(schema)) {
            tooLarge++;
            check();
        }
    }

    /** @throws WrongRegistryException if they are many */
    void check() {
        int count = deferred.count(ids) + (check.isProven() ? 0 : tooLarge);
        if (count > DeferringReader.MOST_UNKNOWN) {
            throw new WrongRegistryException("Expected the schema registry at " + check.url()
                    + " to know the schemas of the records on " + input.topic() + ", but it does not know those of "
                    + count + " records on partition " + input.partition()
                    + ", and of no record has it told the schema since the start. Unknown schema ids: " + ids);
        }
    }
}

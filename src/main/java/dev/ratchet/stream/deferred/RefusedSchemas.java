package dev.ratchet.stream.deferred;

import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.ingest.Reading;
import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.RegistryRefusedException;
import dev.ratchet.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Schemas that the registry refuses to return to the reader of one input partition, and since when. If it refuses one
 * schema for ten minutes while it returns other schemas of the topic and answers everything else, the schema is not one
 * of the topic, and its records are unreadable. If it refuses everything, the credentials or the URL are wrong, and the
 * records are fine. For one thread.
 */
final class RefusedSchemas {
    private static final Duration MAX_WAIT = Duration.ofMinutes(10);

    private final RegistryCheck check;
    private final String topic;
    private final Map<Integer, Long> since = new HashMap<>();

    RefusedSchemas(RegistryCheck check, String topic) {
        this.check = check;
        this.topic = topic;
    }

    /**
     * Judges a record whose schema the registry did not return.
     *
     * @param now ms
     * @return null if the record must wait
     * @throws RegistryException if the registry does not answer the check, or refuses it too
     * @throws WrongRegistryException if the registry has lost its schemas
     */
    @Nullable
    Reading judge(int schema, RegistryException failure, long now) {
        if (failure instanceof RegistryUnavailableException || !check.mayJudgeRefusals(topic)) {
            return null;
        }
        try {
            check.verify();
        } catch (RegistryRefusedException refusesAll) {
            since.remove(schema);
            throw refusesAll;
        }
        if (now - since.computeIfAbsent(schema, first -> now) < MAX_WAIT.toMillis()) {
            return null;
        }
        return new Reading.Unreadable(
                DeadLetterCategory.UNKNOWN_SCHEMA,
                ("Expected the schema registry to return schema %d, but it has refused for %d minutes, while it"
                                + " returned others of %s: %s")
                        .formatted(schema, MAX_WAIT.toMinutes(), topic, failure.getMessage()));
    }

    void retain(Collection<Integer> schemas) {
        since.keySet().retainAll(schemas);
    }
}

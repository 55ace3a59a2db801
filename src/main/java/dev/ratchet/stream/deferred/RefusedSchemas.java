package dev.ratchet.stream.deferred;

import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.Reading.Flaw;
import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.RegistryRefusedException;
import dev.ratchet.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Schemas that the registry refuses to tell the reader of one input partition, and since when. A schema that it refuses for
 * long, while it tells others of the topic and answers all else, is no schema of the topic, and its records are bad. If it
 * refuses everything, the credentials or the address are wrong, and the records are not. For one thread.
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
     * What a record is whose schema was not told.
     *
     * @param now ms
     * @return null if the record is to wait
     * @throws RegistryException if the registry does not answer whether it is right, or refuses that too
     * @throws WrongRegistryException if it has lost its schemas
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
                Flaw.UNKNOWN_SCHEMA,
                "Expected the schema registry to tell schema %d, but it has refused for %d minutes, while it told others of %s: %s"
                        .formatted(schema, MAX_WAIT.toMinutes(), topic, failure.getMessage()));
    }

    /** Forgets all schemas but those of records that wait. */
    void retain(Collection<Integer> schemas) {
        since.keySet().retainAll(schemas);
    }
}

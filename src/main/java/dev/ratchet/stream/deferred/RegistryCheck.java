package dev.ratchet.stream.deferred;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.RegistryRefusedException;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.v1.TaskStatusChange;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells whether a schema that the registry does not know, or refuses, is the record's fault, or whether the registry is wrong
 * or has lost its schemas. One for all threads of a stream. Thread-safe.
 */
public final class RegistryCheck {
    /** For so long an answer holds, so that bad records cost no request each. */
    private static final Duration HOLDS = Duration.ofSeconds(10);

    private final SchemaRegistry registry;
    private final String url;
    private final Optional<String> subject;
    private final Set<String> topics = ConcurrentHashMap.newKeySet();
    private volatile boolean proven;
    private volatile long confirmedAt = System.nanoTime() - HOLDS.toNanos();

    private RegistryCheck(SchemaRegistry registry, String url, Optional<String> subject) {
        this.registry = registry;
        this.url = url;
        this.subject = subject;
    }

    /**
     * {@return a check of this registry}
     *
     * @param registry that is asked, in bounded time
     */
    public static RegistryCheck of(Settings settings, SchemaRegistry registry) {
        Optional<String> subject = AvroSerdes.areBuiltIn(settings.serde())
                ? Optional.of(
                        AvroSerdes.subject(settings.serde(), settings.topics().changelog(), TaskStatusChange.class)
                                .name())
                : Optional.empty();
        return new RegistryCheck(registry, settings.registry().shownUrl(), subject);
    }

    /** The registry told the schema of the changelog's newest records: it is the one that they were written with. */
    public void prove() {
        proven = true;
    }

    /** The registry told the schema of a record that others wrote to this topic: it is theirs too. */
    public void prove(String topic) {
        if (!topics.contains(topic)) {
            topics.add(topic);
            proven = true;
        }
    }

    boolean isProven() {
        return proven;
    }

    /**
     * Whether a schema that it refuses may be the fault of the records on this topic: it has told another one of the topic
     * since the start, so Ratchet may read the topic's schemas; and {@link #confirm} can ask it for what it held before.
     */
    boolean mayJudgeRefusals(String topic) {
        return subject.isPresent() && topics.contains(topic);
    }

    String url() {
        return url;
    }

    /**
     * Asks the registry for a schema that it held before.
     *
     * @throws WrongRegistryException if it does not hold it any more
     * @throws dev.ratchet.registry.RegistryException if it does not answer in time, or refuses
     */
    void confirm() {
        if (subject.isEmpty() || System.nanoTime() - confirmedAt < HOLDS.toNanos()) {
            return;
        }
        try {
            registry.latest(subject.get());
            confirmedAt = System.nanoTime();
        } catch (RegistryRefusedException refused) {
            if (refused.isNotFound()) {
                throw new WrongRegistryException(
                        "Expected the schema registry at " + url + " to hold subject " + subject.get()
                                + " as it did before, but it does not: it has lost its schemas, or is another now");
            }
            throw refused;
        }
    }
}

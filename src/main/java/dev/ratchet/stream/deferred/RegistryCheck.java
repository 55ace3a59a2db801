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
 * Decides whether an unknown or refused schema is the fault of the record, or whether the registry is wrong or has lost
 * its schemas. One for all threads of a stream. Thread-safe.
 */
public final class RegistryCheck {
    /** An answer is reused for this long, so that bad records do not cost one request each. */
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
     * @param registry answers in bounded time
     */
    public static RegistryCheck of(Settings settings, SchemaRegistry registry) {
        Optional<String> subject = AvroSerdes.areBuiltIn(settings.serde())
                ? Optional.of(
                        AvroSerdes.subject(settings.serde(), settings.topics().changelog(), TaskStatusChange.class)
                                .name())
                : Optional.empty();
        return new RegistryCheck(registry, settings.registry().shownUrl(), subject);
    }

    /**
     * The registry returned the schema of the changelog's newest records: it is the registry they were written with.
     */
    public void markProven() {
        proven = true;
    }

    /** The registry returned the schema of a record that others wrote to this topic: they use the same registry. */
    public void markProven(String topic) {
        if (!topics.contains(topic)) {
            topics.add(topic);
            proven = true;
        }
    }

    boolean isProven() {
        return proven;
    }

    /**
     * Whether a refused schema may be the fault of the records on this topic: the registry has returned another schema
     * of the topic since the start, so Ratchet may read the topic's schemas; and {@link #verify} can ask for a schema
     * that it held before.
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
     * @throws WrongRegistryException if it no longer holds it
     * @throws dev.ratchet.registry.RegistryException if it does not answer in time, or refuses
     */
    void verify() {
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

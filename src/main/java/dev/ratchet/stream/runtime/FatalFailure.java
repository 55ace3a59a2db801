package dev.ratchet.stream.runtime;

import dev.ratchet.state.UnreadableStateException;
import dev.ratchet.stream.FailureText;
import dev.ratchet.stream.deferred.WrongRegistryException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.TopologyException;

/** Failures of a stream thread that a replacement thread would meet again. */
public final class FatalFailure {
    private record Advice(Class<? extends Throwable> failure, String text) {}

    /** The first match counts: some of Kafka's exceptions are subclasses of others in this list. */
    private static final List<Advice> ADVICE = List.of(
            new Advice(
                    WrongRegistryException.class,
                    "No record was dead-lettered for this reason, except records too large to wait. Set"
                            + " ratchet.schema.registry.url to the registry that the producers of the topic"
                            + " use, or restore its schemas. If it is the right registry, the records are"
                            + " wrong: move the group's offsets past them with kafka-consumer-groups.sh"),
            new Advice(UnreadableStateException.class, "The process ends"), // its message says what to do
            new Advice(PartitionsChangedException.class, "The process ends"),
            new Advice(
                    AuthenticationException.class,
                    "The brokers reject the credentials. Check kafka.security.protocol and the kafka.sasl.* and"
                            + " kafka.ssl.* settings"),
            new Advice(AuthorizationException.class, "The Kafka user lacks a permission: grant it, and start again"),
            new Advice(UnsupportedVersionException.class, "The brokers are too old for Ratchet: upgrade them"),
            new Advice(InvalidConfigurationException.class, "The brokers reject a setting: see the error"),
            new Advice(MissingSourceTopicException.class, "An input topic was deleted: run 'ratchet topics check'"),
            new Advice(
                    TopologyException.class, "The input topics do not match the topology: run 'ratchet topics check'"),
            new Advice(
                    LinkageError.class,
                    "A class or a native library, for compression for example, cannot be loaded. Check that"
                            + " java.io.tmpdir is writable and not mounted with noexec"),
            new Advice(OutOfMemoryError.class, "Set a larger heap: -Xmx in JAVA_OPTS"));

    private FatalFailure() {}

    /** {@return what to do about the failure; empty if a retry may help} */
    public static Optional<String> advice(Throwable failure) {
        return FailureText.causes(failure)
                .flatMap(cause -> ADVICE.stream()
                        .filter(advice -> advice.failure().isInstance(cause) && !isTransient(cause))
                        .limit(1))
                .map(Advice::text)
                .findFirst();
    }

    /**
     * While brokers start there may be fewer of them than replicas. A record that is too large is dead-lettered when it
     * is read again.
     */
    private static boolean isTransient(Throwable failure) {
        return failure instanceof InvalidReplicationFactorException || failure instanceof RecordBatchTooLargeException;
    }
}

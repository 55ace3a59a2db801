package dev.ratchet.stream.runtime;

import dev.ratchet.state.UnreadableStateException;
import dev.ratchet.stream.deferred.WrongRegistryException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.TopologyException;

/** Failures of a stream thread that the next thread would meet again, whatever happens elsewhere. */
public final class FatalFailure {
    private record Advice(Class<? extends Throwable> failure, String text) {}

    /** The first that fits counts: of Kafka's, the special ones are kinds of the general one. */
    private static final List<Advice> ADVICE = List.of(
            new Advice(
                    WrongRegistryException.class,
                    "Nothing was dead-lettered for it, but what was too large to wait. Set ratchet.schema.registry.url to the"
                            + " registry of those who write the topic, or restore what it held. If it is the right one, the records are not: move the"
                            + " offsets of the group behind them with kafka-consumer-groups.sh"),
            new Advice(UnreadableStateException.class, "The process ends"), // its message says what to do
            new Advice(PartitionsChangedException.class, "The process ends"),
            new Advice(
                    AuthenticationException.class,
                    "The brokers do not accept its credentials: set kafka.security.protocol and what goes with it"),
            new Advice(AuthorizationException.class, "The brokers do not permit this to its user: grant it"),
            new Advice(UnsupportedVersionException.class, "The brokers are older than Ratchet needs: upgrade them"),
            new Advice(InvalidConfigurationException.class, "The brokers refuse a setting: see the error"),
            new Advice(
                    MissingSourceTopicException.class, "A topic that is read was deleted: run 'ratchet topics check'"),
            new Advice(TopologyException.class, "The input topics do not fit: run 'ratchet topics check'"),
            new Advice(
                    LinkageError.class,
                    "A class or a native library, such as one for compression, cannot be loaded: check java.io.tmpdir,"
                            + " which must be writable and executable"),
            new Advice(OutOfMemoryError.class, "Give it more memory, -Xmx in JAVA_OPTS"));

    private FatalFailure() {}

    /** {@return what to do about it, in words; empty if another try may help} */
    public static Optional<String> advice(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> ADVICE.stream()
                        .filter(advice -> advice.failure().isInstance(cause) && !isTransient(cause))
                        .limit(1))
                .map(Advice::text)
                .findFirst();
    }

    /** Fewer brokers than replicas may be there while some of them start; what is too large is dead-lettered the next time. */
    private static boolean isTransient(Throwable failure) {
        return failure instanceof InvalidReplicationFactorException || failure instanceof RecordBatchTooLargeException;
    }
}

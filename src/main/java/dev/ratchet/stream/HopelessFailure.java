package dev.ratchet.stream;

import dev.ratchet.wire.UnreadableStateException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.TopologyException;

/** Failures of a stream thread that the next thread would meet again, whatever happens elsewhere. */
final class HopelessFailure {
    private static final Map<Class<? extends Throwable>, String> ADVICE = Map.of(
            WrongRegistryException.class,
                    "Nothing was dead-lettered. Set ratchet.schema.registry.url to the registry of those who write the"
                            + " topic, or restore what it held. If it is the right one, the records are not: move the"
                            + " offsets of the group behind them with kafka-consumer-groups.sh",
            AuthenticationException.class,
                    "The brokers do not accept its credentials: set kafka.security.protocol and what goes with it",
            AuthorizationException.class, "The brokers do not permit this to its user: grant it",
            UnsupportedVersionException.class, "The brokers are older than Ratchet needs: upgrade them",
            InvalidConfigurationException.class, "The brokers refuse a setting: see the error",
            MissingSourceTopicException.class, "A topic that is read was deleted: run 'ratchet topics check'",
            TopologyException.class, "The input topics do not fit: run 'ratchet topics check'",
            LinkageError.class,
                    "A class or a native library, such as one for compression, cannot be loaded: check java.io.tmpdir, which must be writable and executable",
            OutOfMemoryError.class, "Give it more memory, -Xmx in JAVA_OPTS");

    /** Of Ratchet's own, whose messages say what to do. */
    private static final Map<Class<? extends Throwable>, String> OWN = Map.of(
            UnreadableStateException.class, "The process ends",
            PartitionsChangedException.class, "The process ends");

    private HopelessFailure() {}

    /** {@return what to do about it, in words; empty if another try may help} */
    static Optional<String> advice(Throwable failure) {
        return Stream.iterate(failure, one -> one != null, Throwable::getCause)
                .flatMap(one -> Stream.concat(ADVICE.entrySet().stream(), OWN.entrySet().stream())
                        .filter(entry -> entry.getKey().isInstance(one)))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}

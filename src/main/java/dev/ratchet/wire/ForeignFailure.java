package dev.ratchet.wire;

import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Tells from what a serde that is not ours throws whether the registry is in the way. Confluent's say both kinds with the
 * same SerializationException, and some of the first with Kafka's other ones.
 */
final class ForeignFailure {
    private static final String NO_SUCH_ID = "error code: " + RegistryRefusedException.SCHEMA_NOT_FOUND;

    private ForeignFailure() {}

    static RuntimeException told(RuntimeException failure) {
        if (failure instanceof RegistryException
                || !(failure instanceof SerializationException || failure instanceof ApiException)) {
            return failure;
        }
        boolean registry =
                !(failure instanceof SerializationException) || causes(failure).anyMatch(ForeignFailure::isOfRegistry);
        String all = String.join(
                ": ",
                causes(failure)
                        .map(Throwable::getMessage)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
        return registry ? new RegistryException(all, failure) : new SerializationException(all, failure);
    }

    /** What Avro throws of bytes is an IOException too, at times. */
    private static boolean isOfRegistry(Throwable cause) {
        Class<?> type = cause.getClass();
        if (type.getSimpleName().equals("RestClientException")) { // Confluent's: the registry answered
            return !String.valueOf(cause.getMessage()).contains(NO_SUCH_ID);
        }
        return cause instanceof IOException
                && !(cause instanceof EOFException)
                && !type.getPackageName().startsWith("org.apache.avro");
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}

package dev.ratchet.avro;

import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.RegistryRefusedException;
import dev.ratchet.registry.RegistryUnavailableException;
import dev.ratchet.registry.UnknownSchemaException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Wraps configured third-party serdes, so that they throw what the package description says. Confluent's throw
 * SerializationException for failures of the registry and for bad records, and sometimes other Kafka exceptions for the former.
 */
final class ThirdPartySerdes {
    private static final String NO_SUCH_ID = "error code: " + RegistryRefusedException.SCHEMA_NOT_FOUND;
    private static final Pattern SERVER_ERROR = Pattern.compile("error code: 5\\d\\d(\\d\\d)?$");

    private ThirdPartySerdes() {}

    static <T> Serializer<T> wrap(Serializer<T> delegate) {
        return new Serializer<>() {
            @Override
            public byte @Nullable [] serialize(String topic, @Nullable T data) {
                try {
                    return delegate.serialize(topic, data);
                } catch (RuntimeException e) {
                    throw classify(e);
                }
            }

            @Override
            public void close() {
                delegate.close();
            }
        };
    }

    /** Also checks the class of the records. */
    static <T> Deserializer<T> wrap(Class<T> type, Deserializer<?> delegate) {
        return new Deserializer<>() {
            @Override
            public @Nullable T deserialize(String topic, byte @Nullable [] data) {
                Object read;
                try {
                    read = delegate.deserialize(topic, data);
                } catch (RuntimeException e) {
                    throw classify(e);
                }
                if (read != null && !type.isInstance(read)) {
                    throw new UnknownSchemaException("Expected %s to read a %s, but got a %s"
                            .formatted(
                                    delegate.getClass().getSimpleName(),
                                    type.getName(),
                                    read.getClass().getName()));
                }
                return type.cast(read);
            }

            @Override
            public void close() {
                delegate.close();
            }
        };
    }

    private static RuntimeException classify(RuntimeException failure) {
        if (failure instanceof RegistryException
                || !(failure instanceof SerializationException || failure instanceof ApiException)) {
            return failure;
        }
        String all = String.join(
                ": ",
                causes(failure)
                        .map(Throwable::getMessage)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
        if (causes(failure).anyMatch(ThirdPartySerdes::isUnavailable)) {
            return new RegistryUnavailableException(all, failure);
        }
        if (causes(failure).anyMatch(cause -> isAnswer(cause, NO_SUCH_ID))) {
            return new UnknownSchemaException(all, failure);
        }
        return failure instanceof ApiException || causes(failure).anyMatch(cause -> isAnswer(cause, ""))
                ? new RegistryException(all, failure)
                : new SerializationException(all, failure);
    }

    /** Avro throws IOException for bad bytes too. */
    private static boolean isUnavailable(Throwable cause) {
        if (cause instanceof IOException) {
            return !(cause instanceof EOFException)
                    && !cause.getClass().getPackageName().startsWith("org.apache.avro");
        }
        return cause instanceof RetriableException
                || (isAnswer(cause, "")
                        && SERVER_ERROR
                                .matcher(String.valueOf(cause.getMessage()))
                                .find());
    }

    /** Whether it is Confluent's exception for an error response of the registry. */
    private static boolean isAnswer(Throwable cause, String words) {
        return cause.getClass().getSimpleName().equals("RestClientException")
                && String.valueOf(cause.getMessage()).contains(words);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}

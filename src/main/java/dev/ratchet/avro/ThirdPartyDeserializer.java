package dev.ratchet.avro;

import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.UnknownSchemaException;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Wraps a third-party deserializer: checks the class of its records, and translates its exceptions. */
final class ThirdPartyDeserializer<T> implements Deserializer<T> {
    private final Class<T> type;
    private final Deserializer<?> delegate;

    ThirdPartyDeserializer(Class<T> type, Deserializer<?> delegate) {
        this.type = type;
        this.delegate = delegate;
    }

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        delegate.configure(config, isKey);
    }

    /**
     * @throws RegistryException if the registry does not return the schema: the bytes may be good
     * @throws SerializationException and no RegistryException, if the bytes are bad or of another record
     */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] data) {
        Object read;
        try {
            read = delegate.deserialize(topic, data);
        } catch (RuntimeException e) {
            throw ThirdPartyFailure.classify(e);
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
}

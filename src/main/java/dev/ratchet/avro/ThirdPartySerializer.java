package dev.ratchet.avro;

import dev.ratchet.registry.RegistryException;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Wraps a third-party serializer and translates its exceptions. */
final class ThirdPartySerializer<T> implements Serializer<T> {
    private final Serializer<T> delegate;

    ThirdPartySerializer(Serializer<T> delegate) {
        this.delegate = delegate;
    }

    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        delegate.configure(config, isKey);
    }

    /**
     * @throws RegistryException if the registry does not return the id for this topic
     * @throws SerializationException and no RegistryException, if the record itself cannot be written
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T data) {
        try {
            return delegate.serialize(topic, data);
        } catch (RuntimeException e) {
            throw ThirdPartyFailure.classify(e);
        }
    }

    @Override
    public void close() {
        delegate.close();
    }
}

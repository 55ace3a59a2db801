package dev.ratchet.avro;

import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.registry.SerdeConfig;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * For any Kafka client by its class name, with the settings of Confluent's serializer. Writes records of any generated class. If
 * the class is known in advance, {@link AvroSerializer} is faster. Thread-safe.
 */
public final class AvroRecordSerializer implements Serializer<Object> {
    private final Map<Class<?>, AvroSerializer<?>> byType = new ConcurrentHashMap<>();
    private Map<String, ?> config = Map.of();
    private @Nullable SchemaRegistry registry;
    private boolean isKey;

    /** @throws org.apache.kafka.common.config.ConfigException if a setting of {@link SerdeConfig} is missing or wrong */
    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        this.config = config;
        this.isKey = isKey;
        registry = SchemaRegistry.of(config);
    }

    /**
     * @throws RegistryException if the registry does not give the id for this topic
     * @throws SerializationException and no RegistryException, if the record itself cannot be written
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Object data) {
        if (data == null) {
            return null;
        }
        if (data instanceof SpecificRecord record) {
            return serializeRecord(topic, record);
        }
        throw new SerializationException("Expected a record of a class that Avro generated, but got a %s"
                .formatted(data.getClass().getName()));
    }

    private <T extends SpecificRecord> byte @Nullable [] serializeRecord(String topic, T data) {
        @SuppressWarnings("unchecked") // an object's class is one of its own type
        Class<T> type = (Class<T>) data.getClass();
        @SuppressWarnings("unchecked") // each is under the class it is for
        AvroSerializer<T> serializer = (AvroSerializer<T>) byType.computeIfAbsent(type, none -> serializer(type));
        return serializer.serialize(topic, data);
    }

    private <T extends SpecificRecord> AvroSerializer<T> serializer(Class<T> type) {
        if (registry == null) {
            throw new IllegalStateException("Expected configure to be called before use, but it was not");
        }
        AvroSerializer<T> serializer = new AvroSerializer<>(type, registry);
        serializer.configure(config, isKey);
        return serializer;
    }
}

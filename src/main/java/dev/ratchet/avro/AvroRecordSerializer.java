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
    private final Map<Class<?>, AvroSerializer<SpecificRecord>> byType = new ConcurrentHashMap<>();
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
            return byType.computeIfAbsent(record.getClass(), this::serializer).serialize(topic, record);
        }
        throw new SerializationException("Expected a record of a class that Avro generated, but got a %s"
                .formatted(data.getClass().getName()));
    }

    @SuppressWarnings("unchecked") // it is used for records of this class only
    private AvroSerializer<SpecificRecord> serializer(Class<?> type) {
        if (registry == null) {
            throw new IllegalStateException("Expected configure to be called before use, but it was not");
        }
        AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>((Class<SpecificRecord>) type, registry);
        serializer.configure(config, isKey);
        return serializer;
    }
}

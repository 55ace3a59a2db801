package dev.ratchet.avro;

import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.registry.SerdeConfig;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * For any Kafka client by its class name, with the settings of Confluent's deserializer. Reads records into the generated class
 * with the full name of their schema, as Confluent's does with {@code specific.avro.reader}; no generic records. If the class
 * is known in advance, {@link AvroDeserializer} is stricter and faster. Thread-safe.
 */
public final class AvroRecordDeserializer implements Deserializer<SpecificRecord> {
    private final Map<Integer, AvroDeserializer<?>> byId = new ConcurrentHashMap<>();
    private @Nullable SchemaRegistry registry;
    private String part = "value";

    /** @throws org.apache.kafka.common.config.ConfigException if a setting of {@link SerdeConfig} is missing or wrong */
    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        part = isKey ? "key" : "value";
        registry = SchemaRegistry.of(config);
    }

    /**
     * @throws RegistryException if the registry does not return the schema: the bytes may be good
     * @throws SerializationException and no RegistryException, if the bytes are bad, the registry does not know their schema, or
     *     there is no class for it
     */
    @Override
    public @Nullable SpecificRecord deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        int id = WireFormat.id(data, part);
        AvroDeserializer<?> deserializer = byId.get(id);
        if (deserializer == null) {
            deserializer = of(id);
            byId.put(id, deserializer);
        }
        return deserializer.deserialize(topic, data);
    }

    private AvroDeserializer<?> of(int id) {
        if (registry == null) {
            throw new IllegalStateException("Expected configure to be called before deserialize, but it was not");
        }
        return new AvroDeserializer<>(type(id, AvroDeserializer.schema(registry, id, part)), registry);
    }

    private static Class<? extends SpecificRecord> type(int id, Schema schema) {
        try {
            return Class.forName(schema.getFullName(), false, Utils.getContextOrKafkaClassLoader())
                    .asSubclass(SpecificRecord.class);
        } catch (ClassNotFoundException | LinkageError | ClassCastException e) {
            throw new SerializationException(
                    "Expected a class that Avro generated for schema %d, which is of %s, on the class path, but found none"
                            .formatted(id, schema.getFullName()),
                    e);
        }
    }
}

package dev.ratchet.avro;

import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.registry.SerdeConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of one generated class; null becomes null. Thread-safe once configured, since Kafka Streams shares one instance
 * among its threads; reused buffers are per thread.
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {
    private final RecordType<T> type;
    private final ThreadLocal<Output<T>> outputs;
    private @Nullable SchemaRegistry registry;
    private @Nullable SchemaIds ids;

    /** Must be configured before use. */
    public AvroSerializer(Class<T> type) {
        this.type = RecordType.of(type);
        RecordType<T> shared = this.type;
        this.outputs = ThreadLocal.withInitial(() -> new Output<>(shared.writer()));
    }

    /** For values, registering schemas, unless configured otherwise. Keeps this registry. */
    public AvroSerializer(Class<T> type, SchemaRegistry registry) {
        this(type);
        this.registry = registry;
        this.ids = new SchemaIds(registry, this.type.schema(), new SerdeConfig(Map.of()), false);
    }

    /** @throws org.apache.kafka.common.config.ConfigException if a setting of {@link SerdeConfig} is missing or wrong */
    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        if (registry == null) {
            registry = SchemaRegistry.of(config);
        }
        ids = new SchemaIds(registry, type.schema(), new SerdeConfig(config), isKey);
    }

    /**
     * Asks the registry for the id now instead of with the first record.
     *
     * @throws RegistryException if the registry does not return the id
     */
    public void prepare(String topic) {
        ids().idFor(topic);
    }

    /**
     * @throws RegistryException if the registry does not give the id for this topic
     * @throws SerializationException and no RegistryException, if the record itself cannot be written
     */
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T data) {
        if (data == null) {
            return null;
        }
        if (!data.getSchema().equals(type.schema())) {
            throw new SerializationException("Expected a record %s, but got a %s"
                    .formatted(type.schema().getFullName(), data.getSchema().getFullName()));
        }
        int id = ids().idFor(topic);
        try {
            return outputs.get().write(id, data);
        } catch (IOException | RuntimeException e) { // Avro throws many exceptions for a null or a wrong type
            throw new SerializationException(
                    "Expected a complete %s, but: %s".formatted(type.schema().getFullName(), e.getMessage()), e);
        }
    }

    private SchemaIds ids() {
        if (ids == null) {
            throw new IllegalStateException("Expected configure to be called before use, but it was not");
        }
        return ids;
    }

    /**
     * Buffers of one thread. Holds no reference to the serializer, so that a long-lived thread does not keep it.
     */
    private static final class Output<T> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DatumWriter<T> writer;
        private @Nullable BinaryEncoder encoder;

        Output(DatumWriter<T> writer) {
            this.writer = writer;
        }

        byte[] write(int id, T data) throws IOException {
            // Before the reset: reuse flushes what a failed record left in the buffer.
            encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
            bytes.reset();
            WireFormat.writeHeader(id, bytes);
            writer.write(data, encoder);
            encoder.flush();
            return bytes.toByteArray();
        }
    }
}

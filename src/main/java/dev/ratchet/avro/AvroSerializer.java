package dev.ratchet.avro;

import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.registry.SerdeConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
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
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private @Nullable SchemaRegistry registry;
    private @Nullable SerdeConfig config;
    private Schema schema;
    private boolean isKey;

    /** Must be configured before use. */
    public AvroSerializer(Class<T> type) {
        this.type = RecordType.of(type);
        RecordType<T> shared = this.type;
        this.outputs = ThreadLocal.withInitial(() -> new Output<>(shared.writer()));
        this.schema = shared.schema();
    }

    /** For values, registering schemas, unless configured otherwise. Keeps this registry. */
    public AvroSerializer(Class<T> type, SchemaRegistry registry) {
        this(type);
        this.registry = registry;
        this.config = new SerdeConfig(Map.of());
    }

    /** @throws org.apache.kafka.common.config.ConfigException if a setting of {@link SerdeConfig} is missing or wrong */
    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        if (registry == null) {
            registry = SchemaRegistry.of(config);
        }
        this.config = new SerdeConfig(config);
        this.isKey = isKey;
        schema = this.config.registered(type.schema());
        ids.clear();
    }

    /**
     * Asks the registry for the id now instead of with the first record.
     *
     * @throws RegistryException if the registry does not return the id
     */
    public void prepare(String topic) {
        id(topic);
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
        int id = id(topic);
        try {
            return outputs.get().write(id, data);
        } catch (IOException | RuntimeException e) { // Avro throws many exceptions for a null or a wrong type
            throw new SerializationException(
                    "Expected a complete %s, but: %s".formatted(type.schema().getFullName(), e.getMessage()), e);
        }
    }

    private int id(String topic) {
        Integer known = ids.get(topic);
        if (known != null) {
            return known;
        }
        if (registry == null || config == null) {
            throw new IllegalStateException("Expected configure to be called before use, but it was not");
        }
        int id = find(registry, config, config.subject(topic, schema, isKey));
        ids.put(topic, id);
        return id;
    }

    private int find(SchemaRegistry registry, SerdeConfig config, String subject) {
        if (config.getBoolean(SerdeConfig.AUTO_REGISTER)) { // wins over the other settings, as in Confluent's serdes
            return registry.register(subject, schema);
        }
        return config.getBoolean(SerdeConfig.USE_LATEST) ? latest(registry, subject) : registry.id(subject, schema);
    }

    /** The record is written with its class's schema, so the newest version must have the same binary form. */
    private int latest(SchemaRegistry registry, String subject) {
        SchemaRegistry.Registered latest = registry.latest(subject);
        String theirs = SchemaNormalization.toParsingForm(latest.schema());
        String ours = SchemaNormalization.toParsingForm(schema);
        if (!theirs.equals(ours)) {
            throw new RegistryException(
                    "Expected the newest version of %s to have the fields of this program's %s, but schema %d is %s"
                            .formatted(subject, schema.getFullName(), latest.id(), theirs));
        }
        return latest.id();
    }

    /** Buffers of one thread. Holds no reference to the serializer, so that a long-lived thread does not keep it. */
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

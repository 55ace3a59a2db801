package dev.ratchet.avro;

import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.RegistryRefusedException;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.registry.SerdeConfig;
import dev.ratchet.registry.UnknownSchemaException;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of one generated class, whatever version of its schema they were written with; null becomes null. Rejects bytes
 * that are not exactly one such record. Thread-safe once configured, since Kafka Streams shares one instance among its threads;
 * reused buffers are per thread.
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
    private final RecordType<T> type;
    private final ThreadLocal<Input<T>> inputs = ThreadLocal.withInitial(Input::new);
    private @Nullable SchemaRegistry registry;
    private String part = "value";

    /** Must be configured before use. */
    public AvroDeserializer(Class<T> type) {
        this.type = RecordType.of(type);
    }

    /** Keeps this registry, even if configured. */
    public AvroDeserializer(Class<T> type, SchemaRegistry registry) {
        this(type);
        this.registry = registry;
    }

    /** @throws org.apache.kafka.common.config.ConfigException if a setting of {@link SerdeConfig} is missing or wrong */
    @Override
    public void configure(Map<String, ?> config, boolean isKey) {
        if (registry == null) {
            registry = SchemaRegistry.of(config);
        }
        part = isKey ? "key" : "value";
    }

    /**
     * @throws RegistryException if the registry does not return the schema: the bytes may be good
     * @throws UnknownSchemaException if the registry does not know the schema, or it is of another record
     * @throws SerializationException and no RegistryException, if the bytes are bad
     */
    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        int id = WireFormat.id(data, part);
        Input<T> input = inputs.get();
        DatumReader<T> reader = input.readers.get(id);
        if (reader == null) {
            reader = reader(id);
            input.readers.put(id, reader);
        }
        return input.read(reader, id, data);
    }

    private DatumReader<T> reader(int id) {
        if (registry == null) {
            throw new IllegalStateException("Expected configure to be called before deserialize, but it was not");
        }
        return type.reader(id, schema(registry, id, part));
    }

    /** @throws UnknownSchemaException if the registry does not know the id, or it is of no Avro schema */
    static Schema schema(SchemaRegistry registry, int id, String part) {
        try {
            return registry.byId(id);
        } catch (RegistryRefusedException e) {
            if (e.isNotFound()) {
                throw new UnknownSchemaException(
                        "Expected a schema id the registry knows, but got %d in the %s".formatted(id, part), e);
            }
            throw e;
        } catch (RegistryException e) {
            throw e;
        } catch (SerializationException e) {
            throw new UnknownSchemaException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Buffers of one thread. Holds no reference to the deserializer, so that a long-lived thread does not keep it. */
    private static final class Input<T> {
        /** By the id of the writer's schema. A reader is fastest in the thread that made it. */
        private final Map<Integer, DatumReader<T>> readers = new HashMap<>();

        private @Nullable BinaryDecoder decoder;

        T read(DatumReader<T> reader, int id, byte[] data) {
            int header = WireFormat.HEADER_BYTES;
            decoder = DecoderFactory.get().binaryDecoder(data, header, data.length - header, decoder);
            T datum;
            boolean end;
            try {
                datum = reader.read(null, decoder);
                end = decoder.isEnd();
            } catch (EOFException e) {
                throw new SerializationException(
                        "Expected a whole datum of schema %d, but the bytes are cut short".formatted(id), e);
            } catch (SecurityException e) { // an untrusted class within the record: the bytes may be good
                throw e;
            } catch (IOException | RuntimeException e) { // Avro throws many exceptions for bad bytes
                throw new SerializationException(
                        "Expected a datum of schema %d, but the bytes do not fit it: %s".formatted(id, e.getMessage()),
                        e);
            }
            if (!end) {
                throw new SerializationException(
                        "Expected the datum of schema %d to be all, but bytes follow it".formatted(id));
            }
            return datum;
        }
    }
}

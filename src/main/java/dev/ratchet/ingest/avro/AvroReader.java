package dev.ratchet.ingest.avro;

import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.Reading.Flaw;
import dev.ratchet.ingest.RecordReader;
import dev.ratchet.ingest.UnreadableException;
import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.UnknownSchemaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads Avro records of one kind. Maps what the deserializer and the checks of fields throw to a {@link Reading}. */
abstract class AvroReader<T> implements RecordReader {
    private final Deserializer<T> deserializer;
    private final String topic;

    AvroReader(Deserializer<T> deserializer, String topic) {
        this.deserializer = deserializer;
        this.topic = topic;
    }

    /** @throws RegistryException if the registry does not return the schema: the record may be valid, try again later */
    @Override
    public final Reading read(byte @Nullable [] value) {
        try {
            T record = deserializer.deserialize(topic, value);
            return record == null ? new Reading.Nothing("tombstone") : reading(record);
        } catch (RegistryException unavailable) {
            throw unavailable;
        } catch (UnknownSchemaException unknown) {
            return new Reading.Unreadable(Flaw.UNKNOWN_SCHEMA, String.valueOf(unknown.getMessage()));
        } catch (UnreadableException unreadable) {
            return unreadable.reading();
        } catch (SerializationException | IllegalArgumentException unreadable) {
            return new Reading.Unreadable(Flaw.MALFORMED, String.valueOf(unreadable.getMessage()));
        }
    }

    /** {@return what the record holds} May throw IllegalArgumentException for a field that is out of its range. */
    abstract Reading reading(T record) throws UnreadableException;
}

package dev.ratchet.source;

import dev.ratchet.source.Reading.Flaw;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.wire.RegistryException;
import dev.ratchet.wire.RepairRecords;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads the topic of repair results. */
public final class ResultReader implements RecordReader {
    private final Deserializer<RepairResult> deserializer;
    private final String topic;

    public ResultReader(Deserializer<RepairResult> deserializer, String topic) {
        this.deserializer = deserializer;
        this.topic = topic;
    }

    /** @throws RegistryException if the registry does not give the schema: the record may be sound, try again later */
    @Override
    public Reading read(byte @Nullable [] value) {
        try {
            RepairResult result = deserializer.deserialize(topic, value);
            return result == null ? new Reading.Nothing("tombstone") : new Reading.Answer(RepairRecords.answer(result));
        } catch (RegistryException away) {
            throw away;
        } catch (SerializationException | IllegalArgumentException unreadable) {
            return new Reading.Unreadable(Flaw.MALFORMED, String.valueOf(unreadable.getMessage()));
        }
    }
}

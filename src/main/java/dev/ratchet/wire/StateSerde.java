package dev.ratchet.wire;

import dev.ratchet.task.TaskState;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** {@link StateCodec} for the store. Streams shares one instance among its threads, so each has a codec of its own. */
public final class StateSerde {
    private StateSerde() {}

    /** {@return a new serde} */
    public static Serde<TaskState> create() {
        ThreadLocal<StateCodec> codecs = ThreadLocal.withInitial(StateCodec::new);
        Serializer<TaskState> writer =
                (topic, state) -> state == null ? null : codecs.get().write(state);
        Deserializer<TaskState> reader =
                (topic, bytes) -> bytes == null ? null : codecs.get().read(bytes);
        return Serdes.serdeFrom(writer, reader);
    }
}

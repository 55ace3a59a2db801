package dev.ratchet.state;

import dev.ratchet.task.deadline.TrackedTask;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/** The codecs as Kafka serdes, for the stores. Kafka Streams shares one instance among its threads. */
public final class StoreSerdes {
    private StoreSerdes() {}

    /** {@return a new serde for tasks; each thread has its own codec} */
    public static Serde<TrackedTask> tracked() {
        ThreadLocal<TrackedTaskCodec> codecs = ThreadLocal.withInitial(TrackedTaskCodec::new);
        return serde(
                tracked -> codecs.get().write(tracked), bytes -> codecs.get().read(bytes));
    }

    public static Serde<CapturedOutput> captured() {
        return serde(CapturedOutput::toBytes, CapturedOutput::of);
    }

    private static <T> Serde<T> serde(Function<T, byte[]> write, Function<byte[], T> read) {
        Serializer<T> writer = (topic, value) -> value == null ? null : write.apply(value);
        Deserializer<T> reader = (topic, bytes) -> bytes == null ? null : read.apply(bytes);
        return Serdes.serdeFrom(writer, reader);
    }
}

package dev.ratchet.bench;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.config.Settings;
import dev.ratchet.config.SourceSettings.Kind;
import dev.ratchet.ingest.PayloadCapturePolicy;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.debezium.DebeziumReader;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What one would write instead of Ratchet: an aggregate in Kafka Streams' own language that keeps each task's change of the
 * highest sequence number, and publishes what comes of each event. Without Streams' cache, which leaves changes out. It has
 * no epochs, no rejections, no timers, and repeats a change for each event that is late.
 */
final class Aggregate {
    private Aggregate() {}

    public static void main(String[] arguments) throws InterruptedException {
        StreamMain.run(arguments, Aggregate::topology);
    }

    private static Topology topology(Settings settings) {
        SchemaRegistry registry = SchemaRegistry.of(settings.serde());
        AvroSerializer<TaskStatusChange> serializer = Changes.serializer(settings, registry);
        Serde<TaskStatusChange> changes =
                Serdes.serdeFrom(serializer, new AvroDeserializer<>(TaskStatusChange.class, registry));
        StreamsBuilder builder = new StreamsBuilder();
        changes(settings, registry, builder)
                .groupByKey(Grouped.with(Serdes.String(), changes))
                .aggregate(
                        TaskStatusChange::new,
                        (task, change, last) -> newer(change, last),
                        Materialized.<String, TaskStatusChange, KeyValueStore<Bytes, byte[]>>as("changes")
                                .withKeySerde(Serdes.String())
                                .withValueSerde(changes)
                                .withCachingDisabled())
                .toStream()
                .to(settings.topics().changelog(), Produced.with(Serdes.String(), changes));
        return builder.build();
    }

    private static KStream<String, TaskStatusChange> changes(
            Settings settings, SchemaRegistry registry, StreamsBuilder builder) {
        if (settings.source().kind() == Kind.DEBEZIUM) {
            DebeziumReader reader = new DebeziumReader(0, PayloadCapturePolicy.NOTHING);
            return builder.stream(settings.topics().cdc(), Consumed.with(Serdes.String(), Serdes.ByteArray()))
                    .mapValues(row -> Changes.of(((Reading.Event) reader.read(row)).event()));
        }
        Serde<TaskStatusEvent> events = Serdes.serdeFrom(
                new AvroSerializer<>(TaskStatusEvent.class, registry),
                new AvroDeserializer<>(TaskStatusEvent.class, registry));
        return builder.stream(settings.topics().events(), Consumed.with(Serdes.String(), events))
                .mapValues(Changes::of);
    }

    /** @param last without a task if there was none */
    private static TaskStatusChange newer(TaskStatusChange change, TaskStatusChange last) {
        if (last.getTaskId() == null) {
            return change;
        }
        if (last.getSequence() >= change.getSequence()) {
            return last;
        }
        change.setRevision(last.getRevision() + 1);
        change.setPreviousStatus(last.getStatus());
        return change;
    }
}

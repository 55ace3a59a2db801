package dev.ratchet.bench;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.config.Settings;
import dev.ratchet.ingest.PayloadCapturePolicy;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.debezium.DebeziumReader;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What Ratchet is held against: a stream with the same serdes that reads each event and writes it to the changelog, and
 * keeps nothing. Settings come as {@code NAME=VALUE}; without any, they are Ratchet's.
 */
final class PassThrough {
    private PassThrough() {}

    public static void main(String[] arguments) throws InterruptedException {
        StreamMain.run(arguments, PassThrough::topology);
    }

    private static Topology topology(Settings settings) {
        SchemaRegistry registry = SchemaRegistry.of(settings.serde());
        Topology topology = new Topology();
        if (settings.source().kind() == dev.ratchet.config.SourceSettings.Kind.DEBEZIUM) {
            topology.addSource(
                    AutoOffsetReset.earliest(),
                    "in",
                    new StringDeserializer(),
                    new ByteArrayDeserializer(),
                    settings.topics().cdc());
            topology.addProcessor("pass", Debezium::new, "in");
        } else {
            topology.addSource(
                    AutoOffsetReset.earliest(),
                    "in",
                    new StringDeserializer(),
                    new AvroDeserializer<>(TaskStatusEvent.class, registry),
                    settings.topics().events());
            topology.addProcessor("pass", Native::new, "in");
        }
        topology.addSink(
                "out",
                settings.topics().changelog(),
                new StringSerializer(),
                Changes.serializer(settings, registry),
                "pass");
        return topology;
    }

    private static final class Native extends ContextualProcessor<String, TaskStatusEvent, String, TaskStatusChange> {
        @Override
        public void process(Record<String, TaskStatusEvent> record) {
            context().forward(record.withValue(Changes.of(record.value())));
        }
    }

    private static final class Debezium extends ContextualProcessor<String, byte[], String, TaskStatusChange> {
        private final DebeziumReader reader = new DebeziumReader(0, PayloadCapturePolicy.NOTHING);

        @Override
        public void process(Record<String, byte[]> record) {
            StatusEvent event = ((Reading.Event) reader.read(record.value())).event();
            context().forward(record.withValue(Changes.of(event)));
        }
    }
}

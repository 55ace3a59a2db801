package dev.ratchet.bench;

import dev.ratchet.config.Settings;
import dev.ratchet.source.Capture;
import dev.ratchet.source.DebeziumReader;
import dev.ratchet.source.Reading;
import dev.ratchet.stream.StreamSettings;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import dev.ratchet.wire.AvroDeserializer;
import dev.ratchet.wire.AvroSerializer;
import dev.ratchet.wire.SchemaRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
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
        Map<String, String> given = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            given.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        Settings settings = Settings.load(Optional.empty(), Map.of(), given);
        KafkaStreams streams = new KafkaStreams(topology(settings), new StreamsConfig(StreamSettings.of(settings)));
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
        Thread.currentThread().join();
    }

    private static Topology topology(Settings settings) {
        SchemaRegistry registry = SchemaRegistry.of(settings.serde());
        AvroSerializer<TaskStatusChange> changes = new AvroSerializer<>(TaskStatusChange.class, registry);
        Map<String, Object> serde = new HashMap<>(settings.serde());
        serde.put("avro.remove.java.properties", true);
        changes.configure(serde, false);
        Topology topology = new Topology();
        if (settings.source().kind() == dev.ratchet.config.Source.Kind.DEBEZIUM) {
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
        topology.addSink("out", settings.topics().changelog(), new StringSerializer(), changes, "pass");
        return topology;
    }

    private static final class Native extends ContextualProcessor<String, TaskStatusEvent, String, TaskStatusChange> {
        @Override
        public void process(Record<String, TaskStatusEvent> record) {
            TaskStatusEvent event = record.value();
            TaskStatusChange change = new TaskStatusChange();
            change.setTaskId(event.getTaskId());
            change.setWorkflowId(event.getWorkflowId());
            change.setWorkflowType(event.getWorkflowType());
            change.setTaskType(event.getTaskType());
            change.setReferenceTaskName(event.getReferenceTaskName());
            change.setStatus(event.getStatus());
            change.setEpoch(1);
            change.setSequence(event.getSequence());
            change.setRevision(1L);
            change.setOccurredAt(event.getOccurredAt());
            change.setSource(event.getSource());
            context().forward(record.withValue(change));
        }
    }

    private static final class Debezium extends ContextualProcessor<String, byte[], String, TaskStatusChange> {
        private final DebeziumReader reader = new DebeziumReader(0, Capture.NOTHING);

        @Override
        public void process(Record<String, byte[]> record) {
            StatusEvent event = ((Reading.Event) reader.read(record.value())).event();
            TaskStatusChange change = new TaskStatusChange();
            change.setTaskId(event.task().taskId());
            change.setWorkflowId(event.task().workflowId());
            change.setWorkflowType(event.task().workflowType());
            change.setTaskType(event.task().taskType());
            change.setReferenceTaskName(event.task().referenceTaskName());
            change.setStatus(TaskStatus.valueOf(event.status().name()));
            change.setEpoch(1);
            change.setSequence(event.sequence());
            change.setRevision(1L);
            change.setOccurredAt(Instant.ofEpochMilli(event.occurredAt()));
            change.setSource(TaskSource.CDC);
            context().forward(record.withValue(change));
        }
    }
}

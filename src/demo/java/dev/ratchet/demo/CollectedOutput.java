package dev.ratchet.demo;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusRejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The output of the stream, read like a downstream service: committed records only. */
final class CollectedOutput implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    final List<TaskStatusChange> changes = new ArrayList<>();
    final List<TaskStatusRejection> rejections = new ArrayList<>();
    final List<TaskStatusAlert> alerts = new ArrayList<>();
    int deadLetters;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Consumer<byte[]>> byTopic;

    CollectedOutput(Settings settings, String bootstrapServers, SchemaRegistry registry) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        String changelog = settings.topics().changelog();
        String rejected = settings.topics().rejections();
        String alerted = settings.topics().alerts();
        AvroSerdes serdes = new AvroSerdes(settings.serde(), registry);
        var change = serdes.deserializer(TaskStatusChange.class);
        var rejection = serdes.deserializer(TaskStatusRejection.class);
        var alert = serdes.deserializer(TaskStatusAlert.class);
        byTopic = Map.of(
                changelog,
                value -> changes.add(change.deserialize(changelog, value)),
                rejected,
                value -> rejections.add(rejection.deserialize(rejected, value)),
                alerted,
                value -> alerts.add(alert.deserialize(alerted, value)),
                settings.topics().deadLetters(),
                value -> deadLetters++);
        consumer.assign(byTopic.keySet().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
    }

    /** Reads the new records; waits a moment if there are none. */
    void poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            Objects.requireNonNull(byTopic.get(record.topic())).accept(record.value());
        }
    }

    /** Whether all committed records are read. */
    boolean isAtEnd() {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}

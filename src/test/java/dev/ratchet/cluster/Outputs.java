package dev.ratchet.cluster;

import dev.ratchet.config.Settings;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusRejection;
import dev.ratchet.wire.AvroDeserializer;
import dev.ratchet.wire.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What downstream services see: every output topic, committed records only. */
public final class Outputs implements AutoCloseable {
    public final List<TaskStatusChange> changes = new ArrayList<>();
    public final List<TaskStatusRejection> rejections = new ArrayList<>();
    public final List<TaskStatusAlert> alerts = new ArrayList<>();
    public final List<RepairCommand> commands = new ArrayList<>();
    public final List<ConsumerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();

    private final Settings settings;
    private final SchemaRegistry registry;
    private final KafkaConsumer<byte[], byte[]> consumer;

    public Outputs(Settings settings, SchemaRegistry registry) {
        this.settings = settings;
        this.registry = registry;
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", settings.kafka().get("bootstrap.servers"),
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(topics(settings)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
    }

    private static Stream<String> topics(Settings settings) {
        Stream<String> always = Stream.of(
                settings.topics().changelog(),
                settings.topics().rejections(),
                settings.topics().alerts(),
                settings.topics().deadLetters());
        return settings.asksConductor()
                ? Stream.concat(always, Stream.of(settings.topics().repairCommands()))
                : always;
    }

    /** Reads what has come since. */
    public Outputs poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            String topic = record.topic();
            if (topic.equals(settings.topics().changelog())) {
                changes.add(read(TaskStatusChange.class, record));
            } else if (topic.equals(settings.topics().rejections())) {
                rejections.add(read(TaskStatusRejection.class, record));
            } else if (topic.equals(settings.topics().alerts())) {
                alerts.add(read(TaskStatusAlert.class, record));
            } else if (topic.equals(settings.topics().repairCommands())) {
                commands.add(read(RepairCommand.class, record));
            } else {
                deadLetters.add(record);
            }
        }
        return this;
    }

    /** Reads all that there is now. */
    public Outputs pollToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll();
        }
        return this;
    }

    /** {@return why it is a dead letter} */
    static String category(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader("ratchet.category").value(), StandardCharsets.UTF_8);
    }

    private <T extends SpecificRecord> T read(Class<T> type, ConsumerRecord<byte[], byte[]> record) {
        return new AvroDeserializer<>(type, registry).deserialize(record.topic(), record.value());
    }

    @Override
    public void close() {
        consumer.close();
    }
}

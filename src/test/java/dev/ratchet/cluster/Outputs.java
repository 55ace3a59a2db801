package dev.ratchet.cluster;

import static org.awaitility.Awaitility.await;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusRejection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Committed records of all output topics, as downstream services see them. */
public final class Outputs implements AutoCloseable {
    public final List<TaskStatusChange> changes = new ArrayList<>();
    public final List<TaskStatusRejection> rejections = new ArrayList<>();
    public final List<TaskStatusAlert> alerts = new ArrayList<>();
    public final List<RepairCommand> commands = new ArrayList<>();
    public final List<ConsumerRecord<byte[], byte[]>> deadLetters = new ArrayList<>();

    private static final Logger LOG = LoggerFactory.getLogger(Outputs.class);

    private final Settings settings;
    private final SchemaRegistry registry;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> next = new HashMap<>();

    /** Reads end offsets, committed or not. */
    private final KafkaConsumer<byte[], byte[]> all;

    public Outputs(Settings settings, SchemaRegistry registry) {
        this.settings = settings;
        this.registry = registry;
        consumer = consumer(settings, "read_committed");
        all = consumer(settings, "read_uncommitted");
        consumer.assign(topics(settings)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Settings settings, String isolation) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        settings.kafka().get("bootstrap.servers"),
                        "isolation.level",
                        isolation,
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
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

    /** Reads new records. */
    public Outputs poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            String topic = record.topic();
            if (isReadAgain(record)) {
                LOG.warn("Read again: offset {} of {}", record.offset(), topic);
            } else if (topic.equals(settings.topics().changelog())) {
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

    /** A killed broker may have lost the leader epoch of an offset: the consumer then starts again. */
    private boolean isReadAgain(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < next.getOrDefault(partition, 0L)) {
            return true;
        }
        next.put(partition, record.offset() + 1);
        return false;
    }

    /**
     * Reads to the current end, once transactions are settled: records of a transaction may become visible
     * later on one partition than on another, and only after an open transaction of a killed process.
     */
    public Outputs pollToEnd() {
        Map<TopicPartition, Long> ends = all.endOffsets(consumer.assignment());
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            poll();
            return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        });
        return this;
    }

    /** {@return the dead-letter category} */
    static String category(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader("ratchet.category").value(), StandardCharsets.UTF_8);
    }

    private <T extends SpecificRecord> T read(Class<T> type, ConsumerRecord<byte[], byte[]> record) {
        return new AvroDeserializer<>(type, registry).deserialize(record.topic(), record.value());
    }

    @Override
    public void close() {
        consumer.close();
        all.close();
    }
}

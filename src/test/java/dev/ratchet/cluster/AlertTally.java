package dev.ratchet.cluster;

import static org.awaitility.Awaitility.await;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.TaskStatusAlert;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Committed alerts about numbered tasks, and committed changes of others, without keeping the records. */
final class AlertTally implements AutoCloseable {
    private final Settings settings;
    private final AvroDeserializer<TaskStatusAlert> alerts;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String prefix;

    /** Task numbers. */
    private final BitSet opened = new BitSet();

    private final BitSet resolved = new BitSet();
    private final List<String> unexpected = new ArrayList<>();
    private long otherChanges;

    /** @param prefix of the ids of the numbered tasks */
    AlertTally(Settings settings, String prefix) {
        this.settings = settings;
        this.prefix = prefix;
        this.alerts = new AvroDeserializer<>(TaskStatusAlert.class, SchemaRegistry.of(settings.serde()));
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        settings.kafka().get("bootstrap.servers"),
                        "isolation.level",
                        "read_committed",
                        "max.poll.records",
                        "5000",
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(Stream.of(settings.topics().alerts(), settings.topics().changelog())
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList());
    }

    /** Reads new records. */
    AlertTally poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
            if (record.topic().equals(settings.topics().alerts())) {
                add(alerts.deserialize(record.topic(), record.value()));
            } else if (!new String(record.key(), StandardCharsets.UTF_8).startsWith(prefix)) {
                otherChanges++;
            }
        }
        return this;
    }

    /** Reads all that is committed now. */
    AlertTally pollToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            poll();
            return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        });
        return this;
    }

    private void add(TaskStatusAlert alert) {
        boolean isExpected =
                alert.getKind() == AlertKind.STUCK && alert.getTaskId().startsWith(prefix);
        boolean isOpened = alert.getState() == AlertState.OPENED;
        int task = isExpected ? Integer.parseInt(alert.getTaskId().substring(prefix.length())) : 0;
        BitSet seen = isOpened ? opened : resolved;
        if (!isExpected || seen.get(task) || (!isOpened && !opened.get(task))) {
            unexpected.add(alert.getKind() + " " + alert.getState() + " " + alert.getTaskId());
        } else {
            seen.set(task);
        }
    }

    int opened() {
        return opened.cardinality();
    }

    int resolved() {
        return resolved.cardinality();
    }

    /** {@return alerts that came twice, or out of order, or are about something else} */
    List<String> unexpected() {
        return unexpected;
    }

    long otherChanges() {
        return otherChanges;
    }

    @Override
    public void close() {
        consumer.close();
    }
}

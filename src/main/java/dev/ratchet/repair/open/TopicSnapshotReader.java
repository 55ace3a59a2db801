package dev.ratchet.repair.open;

import dev.ratchet.config.Settings;
import dev.ratchet.repair.worker.WorkerKafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic from its beginning to its current end, without a group. */
final class TopicSnapshotReader {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    private TopicSnapshotReader() {}

    /**
     * Reads the topic.
     *
     * @param hint what to check if the topic does not exist
     * @throws TopicReadFailedException if the topic does not exist or cannot be read
     */
    static void read(Settings settings, String topic, String hint, Consumer<ConsumerRecord<String, byte[]>> action) {
        try (KafkaConsumer<String, byte[]> consumer = WorkerKafkaClients.reader(settings)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new TopicReadFailedException(
                        "Expected topic %s to exist, but it does not: %s".formatted(topic, hint));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long lastSeen = System.nanoTime();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(200));
                records.forEach(action);
                lastSeen = records.isEmpty() ? lastSeen : System.nanoTime();
                if (System.nanoTime() - lastSeen > READ_TIMEOUT.toNanos()) {
                    throw new TopicReadFailedException("Expected to read topic %s to its end, but no record came for %s"
                            .formatted(topic, READ_TIMEOUT));
                }
            }
        } catch (KafkaException e) {
            throw new TopicReadFailedException(
                    "Expected to read topic %s, but: %s".formatted(topic, e.getMessage()), e);
        }
    }
}

package dev.ratchet.topics;

import dev.ratchet.config.KafkaClientSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Looks for committed records. Offsets do not show them: transaction markers, aborted records and records removed by
 * retention or compaction have offsets too.
 */
final class CommittedRecords {
    private static final Duration POLL = Duration.ofMillis(200);

    private CommittedRecords() {}

    /**
     * @param timeout how long to read at most
     * @return whether there is any; true if Ratchet may not read the topic, which was written to
     * @throws BrokerUnavailableException if the time is over
     */
    static boolean isAnyIn(String topic, Map<String, Object> kafka, Duration timeout) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KafkaClientSettings.reader(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, timeout).stream()
                    .map(found -> new TopicPartition(topic, found.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, timeout);
            consumer.assign(partitions);
            long start = System.nanoTime();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey(), timeout) < end.getValue())) {
                if (!consumer.poll(POLL).isEmpty()) {
                    return true;
                }
                if (System.nanoTime() - start > timeout.toNanos()) {
                    throw new BrokerUnavailableException(
                            "Expected to read topic %s to its end within %d s, but there is more"
                                    .formatted(topic, timeout.toSeconds()));
                }
            }
            return false;
        } catch (TopicAuthorizationException writeOnly) {
            return true;
        } catch (TimeoutException e) {
            throw new BrokerUnavailableException(
                    "Expected to read topic %s, but no broker answered: %s".formatted(topic, e.getMessage()), e);
        }
    }
}

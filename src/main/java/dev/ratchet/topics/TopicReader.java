package dev.ratchet.topics;

import dev.ratchet.config.KafkaClientSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed records of a topic up to its current end. */
public final class TopicReader {
    private static final Duration POLL = Duration.ofMillis(200);

    private TopicReader() {}

    /**
     * Reads the topic.
     *
     * @param kafka by Kafka's names, with the prefixes of Kafka Streams
     * @param tail offsets to read at the end of each partition at most. Not each has a record: transaction markers,
     *     aborted records and records removed by retention or compaction have offsets too
     * @param timeout of each request, and how long to wait for a record
     * @param isFound ends the reading if it returns true
     * @return whether it did
     * @throws BrokerUnavailableException if no record comes in that time
     * @throws org.apache.kafka.common.errors.AuthorizationException if the user may not read the topic
     */
    public static boolean find(
            Map<String, Object> kafka,
            String topic,
            long tail,
            Duration timeout,
            Predicate<ConsumerRecord<byte[], byte[]>> isFound) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                KafkaClientSettings.reader(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, timeout).stream()
                    .map(found -> new TopicPartition(topic, found.partition()))
                    .toList();
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, timeout);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, timeout);
            consumer.assign(partitions);
            begins.forEach((partition, begin) ->
                    consumer.seek(partition, Math.max(begin, ends.getOrDefault(partition, begin) - tail)));
            long lastRecord = System.nanoTime();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey(), timeout) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (isFound.test(record)) {
                        return true;
                    }
                    lastRecord = System.nanoTime();
                }
                if (System.nanoTime() - lastRecord > timeout.toNanos()) {
                    throw new BrokerUnavailableException(
                            "Expected to read topic %s to its end, but no record came for %d s"
                                    .formatted(topic, timeout.toSeconds()));
                }
            }
            return false;
        } catch (TimeoutException e) {
            throw new BrokerUnavailableException(
                    "Expected to read topic %s, but no broker answered: %s".formatted(topic, e.getMessage()), e);
        }
    }
}

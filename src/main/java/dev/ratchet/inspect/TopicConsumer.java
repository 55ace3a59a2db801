package dev.ratchet.inspect;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed records of Ratchet's topics, without a group. Not thread-safe. */
public final class TopicConsumer implements AutoCloseable {
    private static final int REQUEST_TIMEOUT_MS = 15_000;
    private static final Duration POLL = Duration.ofMillis(200);

    /** Without any record for this long, the end of a topic is not reached. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    private final RecordDecoder decoder;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();

    /**
     * Positions it at the first record of each partition.
     *
     * @param topics what to read
     * @throws NoSuchTopicException if one does not exist
     * @throws org.apache.kafka.common.KafkaException if no broker answers within 15 s
     */
    public TopicConsumer(Settings settings, Collection<RatchetTopic> topics) {
        decoder = new RecordDecoder(settings, AvroSerdes.registry(settings.serde()));
        Map<String, Object> kafka = new HashMap<>();
        kafka.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        kafka.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        kafka.putAll(KafkaClientSettings.reader(settings.kafka()));
        consumer = new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            topics.forEach(topic -> add(topic.in(settings.topics())));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private void add(String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new NoSuchTopicException(topic);
        }
        found.forEach(one -> partitions.add(new TopicPartition(topic, one.partition())));
    }

    /** Continues with the records that are written from now on. */
    public void seekToEnd() {
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // now, not with the first poll
    }

    /** Continues with the first records whose timestamps are not earlier; in a partition without any, at its end. */
    public void seekTo(Instant time) {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, time.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(wanted);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        partitions.forEach(partition -> consumer.seek(
                partition,
                Optional.ofNullable(found.get(partition))
                        .map(OffsetAndTimestamp::offset)
                        .orElseGet(() -> ends.getOrDefault(partition, 0L))));
    }

    /** Continues with these offsets, in the partitions that have one. */
    void seekTo(Map<TopicPartition, OffsetAndMetadata> offsets) {
        partitions.stream()
                .filter(offsets::containsKey)
                .forEach(partition -> consumer.seek(partition, offsets.get(partition)));
    }

    /**
     * Reads until the action returns false, or else for ever.
     *
     * @param action called for each record
     */
    public void follow(Predicate<TopicRecord> action) {
        boolean goOn = true;
        while (goOn) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                goOn = goOn && action.test(decoder.decode(record));
            }
        }
    }

    /**
     * Reads up to the records that are committed now, or until the action returns false.
     *
     * @param action called for each record
     * @throws org.apache.kafka.common.errors.TimeoutException if no record comes for 30 s
     */
    public void readToEnd(Predicate<TopicRecord> action) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long lastRecord = System.nanoTime();
        boolean goOn = true;
        while (goOn && !isAt(ends)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                goOn = goOn && (record.offset() >= end(ends, record) || action.test(decoder.decode(record)));
                lastRecord = System.nanoTime();
            }
            if (System.nanoTime() - lastRecord > READ_TIMEOUT.toNanos()) {
                throw new org.apache.kafka.common.errors.TimeoutException(
                        "Expected to read " + partitions + " to their ends, but no record came for " + READ_TIMEOUT);
            }
        }
    }

    private static long end(Map<TopicPartition, Long> ends, ConsumerRecord<?, ?> record) {
        return ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
    }

    private boolean isAt(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}

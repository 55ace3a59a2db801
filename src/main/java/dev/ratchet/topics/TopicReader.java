package dev.ratchet.topics;

import dev.ratchet.config.KafkaClientSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the committed records of topics, without a group. Positioned at the first record of each partition. Not
 * thread-safe.
 *
 * <p>Each method may throw {@link BrokerUnavailableException} if no broker answers in time, and Kafka's {@code
 * AuthorizationException}.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Duration timeout;
    private final List<TopicPartition> partitions;

    /**
     * @param kafka by Kafka's names, with the prefixes of Kafka Streams
     * @param topics that exist
     * @param timeout of each request, and how long to wait for a record
     */
    public TopicReader(Map<String, Object> kafka, Collection<String> topics, Duration timeout) {
        this.timeout = timeout;
        Map<String, Object> settings = KafkaClientSettings.reader(kafka);
        settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            partitions = topics.stream()
                    .flatMap(topic -> ask(() -> consumer.partitionsFor(topic, timeout)).stream())
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * Reads the records of a topic up to its current end, or until one is found.
     *
     * @param tail offsets to read at the end of each partition at most. Not each has a record: transaction markers,
     *     aborted records and records removed by retention or compaction have offsets too
     * @return whether one was found
     */
    public static boolean find(
            Map<String, Object> kafka,
            String topic,
            long tail,
            Duration timeout,
            Predicate<ConsumerRecord<byte[], byte[]>> isFound) {
        try (TopicReader reader = new TopicReader(kafka, List.of(topic), timeout)) {
            reader.seekToTail(tail);
            return !reader.readToEnd(isFound.negate());
        }
    }

    private void seekToTail(long tail) {
        Map<TopicPartition, Long> begins = ask(() -> consumer.beginningOffsets(partitions, timeout));
        Map<TopicPartition, Long> ends = ends(partitions);
        begins.forEach((partition, begin) ->
                consumer.seek(partition, Math.max(begin, ends.getOrDefault(partition, begin) - tail)));
    }

    /** Continues with the records that are written from now on. */
    public void seekToEnd() {
        consumer.seekToEnd(partitions);
        partitions.forEach(this::position); // now, not with the first poll
    }

    /** Continues with the first records whose timestamps are not earlier; in a partition without any, at its end. */
    public void seekTo(Instant time) {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        long since = Math.max(0, time.toEpochMilli()); // Kafka refuses earlier times
        partitions.forEach(partition -> wanted.put(partition, since));
        Map<TopicPartition, OffsetAndTimestamp> found = ask(() -> consumer.offsetsForTimes(wanted, timeout));
        Map<TopicPartition, Long> ends = ends(partitions);
        partitions.forEach(partition -> consumer.seek(
                partition,
                Optional.ofNullable(found.get(partition))
                        .map(OffsetAndTimestamp::offset)
                        .orElseGet(() -> ends.getOrDefault(partition, 0L))));
    }

    /** Continues with these offsets, in the partitions that have one. */
    public void seekTo(Map<TopicPartition, Long> offsets) {
        partitions.stream()
                .filter(offsets::containsKey)
                .forEach(partition -> consumer.seek(partition, offsets.getOrDefault(partition, 0L)));
    }

    /** Reads until the action returns false, or else for ever. A broker that is away is waited for. */
    public void follow(Predicate<ConsumerRecord<byte[], byte[]>> action) {
        boolean goOn = true;
        while (goOn) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                goOn = goOn && action.test(record);
            }
        }
    }

    /**
     * Reads up to the records that are committed now, or until the action returns false.
     *
     * @return whether the ends were reached
     * @throws BrokerUnavailableException if no record comes in time
     */
    public boolean readToEnd(Predicate<ConsumerRecord<byte[], byte[]>> action) {
        return readToEnd(partitions, action);
    }

    /** {@return the record at this place of the only topic; empty if there is none} */
    public Optional<ConsumerRecord<byte[], byte[]>> at(int partition, long offset) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        partitions.stream().filter(one -> one.partition() == partition).forEach(one -> {
            consumer.pause(partitions);
            consumer.resume(List.of(one));
            long begin =
                    ask(() -> consumer.beginningOffsets(List.of(one), timeout)).getOrDefault(one, 0L);
            consumer.seek(one, Math.max(begin, offset));
            readToEnd(List.of(one), record -> !found.add(record));
        });
        return found.stream().filter(record -> record.offset() == offset).findFirst();
    }

    /** As {@link #readToEnd}, one partition after the other: a task has all its records in one. */
    public void readEachToEnd(Predicate<ConsumerRecord<byte[], byte[]>> action, Runnable afterPartition) {
        for (TopicPartition partition : partitions) {
            consumer.pause(partitions);
            consumer.resume(List.of(partition));
            readToEnd(List.of(partition), action);
            afterPartition.run();
        }
    }

    private boolean readToEnd(List<TopicPartition> read, Predicate<ConsumerRecord<byte[], byte[]>> action) {
        Map<TopicPartition, Long> ends = ends(read);
        long lastRecord = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (isBefore(ends, record) && !action.test(record)) {
                    return false;
                }
                lastRecord = System.nanoTime();
            }
            if (System.nanoTime() - lastRecord > timeout.toNanos()) {
                throw new BrokerUnavailableException("Expected to read %s to their ends, but no record came for %d s"
                        .formatted(read, timeout.toSeconds()));
            }
        }
        return true;
    }

    private static boolean isBefore(Map<TopicPartition, Long> ends, ConsumerRecord<?, ?> record) {
        return record.offset() < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> of) {
        return ask(() -> consumer.endOffsets(of, timeout));
    }

    private long position(TopicPartition partition) {
        return ask(() -> consumer.position(partition, timeout));
    }

    private static <T> T ask(Supplier<T> request) {
        try {
            return request.get();
        } catch (TimeoutException e) {
            throw new BrokerUnavailableException(
                    "Expected a Kafka broker to answer, but none did: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}

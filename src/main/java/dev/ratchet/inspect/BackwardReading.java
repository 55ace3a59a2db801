package dev.ratchet.inspect;

import dev.ratchet.config.Settings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads one page backwards. A consumer reads forwards only, so each partition is read in small windows, the last one
 * first. Of the partitions' newest records that are left, the one with the latest timestamp is next on the page.
 */
final class BackwardReading<T> {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int WINDOW = 200;
    private static final int WINDOWS_TOGETHER = 4_000;
    private static final int ROUND_BYTES = 8 * 1024 * 1024;
    private static final int MAX_RECORDS = 20_000;
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private record Match<T>(long offset, long timestamp, T kept) {}

    /** One partition. Records from {@code lower} on were read, and those not on a page yet are in {@code matches}. */
    private static final class Tail<T> {
        private final TopicPartition partition;
        private final long begin;
        private final Deque<Match<T>> matches = new ArrayDeque<>();
        private long lower;
        private int window = WINDOW;

        Tail(TopicPartition partition, long begin, long end) {
            this.partition = partition;
            this.begin = begin;
            this.lower = Math.max(begin, end);
        }

        boolean isNeedy() {
            return matches.isEmpty() && lower > begin;
        }

        /** Records from this offset on are on a page, or were skipped. */
        long next() {
            return matches.isEmpty() ? lower : matches.getFirst().offset() + 1;
        }
    }

    private final Consumer<byte[], byte[]> consumer;
    private final RecordDecoder decoder;
    private final RecentRecords.Query<T> query;
    private final long deadline;
    private final List<Tail<T>> tails;
    private int records;
    private long bytes;

    /** @param deadline by {@link System#nanoTime} */
    BackwardReading(
            Consumer<byte[], byte[]> consumer,
            RecordDecoder decoder,
            RecentRecords.Query<T> query,
            Settings settings,
            long deadline) {
        this.consumer = consumer;
        this.decoder = decoder;
        this.query = query;
        this.deadline = deadline;
        this.tails = tails(settings);
    }

    private List<Tail<T>> tails(Settings settings) {
        String topic = query.topic().in(settings.topics());
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new NoSuchTopicException(topic, query.topic().creation(settings));
        }
        List<TopicPartition> partitions = found.stream()
                .map(one -> new TopicPartition(topic, one.partition()))
                .toList();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, OffsetAndTimestamp> since = consumer.offsetsForTimes(partitions.stream()
                .collect(Collectors.toMap(
                        Function.identity(), one -> query.since().toEpochMilli())));
        for (int partition : query.before().keySet()) {
            if (!partitions.contains(new TopicPartition(topic, partition))) {
                throw new IllegalArgumentException("Expected partitions of " + topic + ", but got " + partition);
            }
        }
        return partitions.stream()
                .map(one -> {
                    long end = ends.getOrDefault(one, 0L);
                    OffsetAndTimestamp first = since.get(one);
                    return new Tail<T>(
                            one,
                            first == null ? end : Math.max(first.offset(), begins.getOrDefault(one, 0L)),
                            Math.min(end, query.before().getOrDefault(one.partition(), Long.MAX_VALUE)));
                })
                .toList();
    }

    RecentRecords.Page<T> read() {
        List<T> page = new ArrayList<>();
        while (page.size() < query.limit() && refill()) {
            Optional<Tail<T>> newest = tails.stream()
                    .filter(tail -> !tail.matches.isEmpty())
                    .max(Comparator.comparingLong(
                            tail -> tail.matches.getFirst().timestamp()));
            if (newest.isEmpty()) {
                return new RecentRecords.Page<>(page, Map.of());
            }
            page.add(newest.get().matches.removeFirst().kept());
        }
        boolean isLast = tails.stream().allMatch(tail -> tail.matches.isEmpty() && !tail.isNeedy());
        Map<Integer, Long> next = new HashMap<>();
        tails.forEach(tail -> next.put(tail.partition.partition(), tail.next()));
        return new RecentRecords.Page<>(page, isLast ? Map.of() : next);
    }

    /** Reads until each partition has a match or is read to its begin. {@return false if the limits of a call end that} */
    private boolean refill() {
        List<Tail<T>> needy = tails.stream().filter(Tail::isNeedy).toList();
        while (!needy.isEmpty()) {
            if (records >= MAX_RECORDS || bytes >= MAX_BYTES || deadline - System.nanoTime() <= 0) {
                return false;
            }
            readWindows(needy);
            needy = needy.stream().filter(Tail::isNeedy).toList();
        }
        return true;
    }

    /** Reads one window of each. One that is too large in bytes, or not read in time, is read again, and smaller. */
    private void readWindows(List<Tail<T>> needy) {
        Map<TopicPartition, Tail<T>> open = new HashMap<>();
        Map<TopicPartition, Deque<Match<T>>> found = new HashMap<>();
        List<TopicPartition> partitions =
                needy.stream().map(tail -> tail.partition).toList();
        consumer.assign(partitions);
        consumer.resume(partitions); // a partition that was assigned before is still paused
        int most = Math.max(1, WINDOWS_TOGETHER / needy.size());
        for (Tail<T> tail : needy) {
            open.put(tail.partition, tail);
            found.put(tail.partition, new ArrayDeque<>());
            tail.window = Math.min(tail.window, most);
            consumer.seek(tail.partition, Math.max(tail.begin, tail.lower - tail.window));
        }
        long before = bytes;
        while (!open.isEmpty() && bytes - before < ROUND_BYTES && deadline - System.nanoTime() > 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                Tail<T> tail = open.get(partition);
                if (tail != null && record.offset() < tail.lower) {
                    add(record, found.getOrDefault(partition, new ArrayDeque<>()));
                }
            }
            needy.forEach(tail -> {
                if (open.containsKey(tail.partition) && consumer.position(tail.partition) >= tail.lower) {
                    open.remove(tail.partition);
                    consumer.pause(List.of(tail.partition));
                    tail.matches.addAll(found.getOrDefault(tail.partition, new ArrayDeque<>()));
                    tail.lower = Math.max(tail.begin, tail.lower - tail.window);
                }
            });
        }
        if (!open.isEmpty() && records == 0) {
            throw new TimeoutException("Expected to read " + open.keySet() + ", but no record came in time");
        }
        open.values().forEach(tail -> tail.window = Math.max(1, tail.window / 4));
    }

    private void add(ConsumerRecord<byte[], byte[]> record, Deque<Match<T>> found) {
        records++;
        bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        if (record.timestamp() >= query.since().toEpochMilli()) {
            query.selection()
                    .apply(decoder.decode(record))
                    .ifPresent(kept -> found.addFirst(new Match<>(record.offset(), record.timestamp(), kept)));
        }
    }
}

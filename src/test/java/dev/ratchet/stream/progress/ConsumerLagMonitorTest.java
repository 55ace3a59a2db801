package dev.ratchet.stream.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** When a partition has caught up, by offsets of brokers and consumer. */
class ConsumerLagMonitorTest extends ConsumerLagMonitorFixture {
    @Test
    void recordsAfterAssignmentNeedNotBeRead() {
        catchUp.assigned(3);
        monitor.poll();
        brokers.ends.put(EVENTS, 20L);
        brokers.committed.put(EVENTS, 9L);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isFalse();
        brokers.committed.put(EVENTS, 10L);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isTrue();
    }

    @Test
    void nextAssignmentHasItsOwnEndOffset() {
        brokers.committed.put(EVENTS, 10L);
        PartitionProgress first = catchUp.assigned(3);
        monitor.poll();
        catchUp.revoked(first);
        brokers.ends.put(EVENTS, 20L);
        catchUp.assigned(3);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isFalse();
        brokers.committed.put(EVENTS, 20L);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isTrue();
    }

    @Test
    void lateRevocationDoesNotAffectNextAssignment() {
        PartitionProgress lost = catchUp.assigned(3);
        catchUp.assigned(3);
        catchUp.revoked(lost);
        brokers.committed.put(EVENTS, 10L);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isTrue();
    }

    @Test
    void inputTruncatedLaterNeedNotBeRead() {
        brokers.committed.put(EVENTS, 2L);
        catchUp.assigned(3);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isFalse();
        brokers.starts.put(EVENTS, 10L);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isTrue();
    }

    @Test
    void positionCountsWithoutRecords() {
        catchUp.assigned(3);
        consumed(List.of(), 10);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isTrue();
    }

    @Test
    void readRecordsMustBeCommitted() {
        catchUp.assigned(3);
        consumed(List.of(new ConsumerRecord<>("events", 3, 4, new byte[0], new byte[0])), 5);
        consumed(List.of(), 10);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isFalse();
        brokers.committed.put(EVENTS, 10L);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isTrue();
    }

    @Test
    void positionOfAnotherThreadDoesNotCount() throws Exception {
        Thread other = new Thread(() -> catchUp.assigned(3));
        other.start();
        other.join();
        consumed(List.of(), 10);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isFalse();
    }

    @Test
    void partitionWithoutLeaderDelaysOnlyItself() {
        brokers.ends.remove(RESULTS);
        brokers.ends.putAll(Map.of(new TopicPartition("events", 4), 7L, new TopicPartition("results", 4), 0L));
        brokers.committed.putAll(Map.of(EVENTS, 10L, new TopicPartition("events", 4), 5L));
        catchUp.assigned(3);
        catchUp.assigned(4);
        monitor.poll();
        seconds.set(61);
        monitor.poll();
        assertThat(warnings()).singleElement().asString().contains("partitions [3, 4]", "unknownEnds=[results-3]");
        brokers.committed.put(new TopicPartition("events", 4), 7L);
        monitor.poll();
        assertThat(catchUp.isDone(4)).isTrue();
        assertThat(catchUp.isDone(3)).isFalse();
        brokers.ends.put(RESULTS, 0L);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isTrue();
    }

    private void consumed(List<ConsumerRecord<byte[], byte[]>> records, long next) {
        catchUp.consumed(new ConsumerRecords<>(
                records.isEmpty() ? Map.of() : Map.of(EVENTS, records), Map.of(EVENTS, new OffsetAndMetadata(next))));
    }
}

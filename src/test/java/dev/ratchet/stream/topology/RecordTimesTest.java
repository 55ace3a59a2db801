package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.TaskStatusChange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Implausible record timestamps and event times. */
class RecordTimesTest {
    private static final long MICROS = 1_795_000_000_000_000L;
    private static final Duration WEEKS = Duration.ofDays(50);

    @TempDir
    Path state;

    /** 5: seconds or another unit. 1,700,000,000: now, in seconds. */
    @ParameterizedTest
    @ValueSource(longs = {0, 5, 1_700_000_000, 4_102_444_800_000L})
    void recordWithImplausibleTimestampIsProcessedAsProducedNow(long timestamp) throws IOException {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            for (String line : lines("16_timestamps.jsonl")) {
                harness.cdc.pipeInput(TopologyHarness.bytes("TASK"), TopologyHarness.bytes(line), timestamp);
                harness.advance(Duration.ofSeconds(1));
            }
            List<TestRecord<String, TaskStatusChange>> changes = harness.changelog.readRecordsToList();
            assertThat(changes)
                    .extracting(change ->
                            change.value() == null ? null : change.value().getStatus())
                    .containsExactly(dev.ratchet.v1.TaskStatus.IN_PROGRESS, dev.ratchet.v1.TaskStatus.COMPLETED);
            assertThat(harness.rejections.readValue().getLostUpdate()).isTrue();
            assertThat(harness.states().get("TASK").lastEventAt())
                    .isGreaterThan(harness.clock().minus(Duration.ofDays(1)).toEpochMilli());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1_700_000_000, 2_000_000_000_001L, Long.MAX_VALUE, Long.MIN_VALUE})
    void implausibleTimestampBecomesNow(long timestamp) {
        assertThat(extracted(timestamp)).isEqualTo(2_000_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1_420_070_400_000L, 1_999_999_999_999L, 2_000_000_000_000L})
    void plausibleTimestampIsKept(long timestamp) {
        assertThat(extracted(timestamp)).isEqualTo(timestamp);
    }

    private static long extracted(long timestamp) {
        ConsumerRecord<Object, Object> record = new ConsumerRecord<>(
                "topic",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                "value",
                new RecordHeaders(),
                Optional.empty());
        return new RecordTimeExtractor(() -> 2_000_000_000_000L).extract(record, -1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, MICROS, Long.MAX_VALUE})
    void changeTimestampDoesNotDependOnEventTime(long occurredAt) {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.event(event(TaskStatus.SCHEDULED, 1, occurredAt));
            harness.advance(Duration.ofSeconds(7));
            harness.event(event(TaskStatus.COMPLETED, 2, 3));
            long now = harness.clock().toEpochMilli();
            List<TestRecord<String, TaskStatusChange>> changes = harness.changelog.readRecordsToList();
            assertThat(changes).hasSize(2);
            assertThat(changes.get(0).timestamp()).isEqualTo(now - 7_000);
            assertThat(changes.get(0).value().getOccurredAt().toEpochMilli()).isEqualTo(occurredAt);
            assertThat(changes.get(1).timestamp()).isEqualTo(now);
        }
    }

    @Test
    void lateRecordDoesNotDecreaseChangeTimestamps() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            long now = harness.clock().toEpochMilli();
            harness.event(event(TaskStatus.SCHEDULED, 1, now));
            harness.event(event(TaskStatus.COMPLETED, 2, now), harness.clock().minus(WEEKS));
            assertThat(harness.changelog.readRecordsToList())
                    .extracting(TestRecord::timestamp)
                    .containsExactly(now, now);
        }
    }

    /** The first record arrives while the clock is ahead. */
    @Test
    void clockSetBackLeavesNoFutureTimes() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.event(event(TaskStatus.SCHEDULED, 1, 1), harness.clock().plus(WEEKS));
            harness.event(event(TaskStatus.IN_PROGRESS, 2, 2));
            long now = harness.clock().toEpochMilli();
            assertThat(harness.changelog.readRecordsToList())
                    .extracting(TestRecord::timestamp)
                    .allSatisfy(timestamp -> assertThat(timestamp).isLessThanOrEqualTo(now));
            assertThat(harness.states().get("t1").lastEventAt()).isEqualTo(now);
            assertThat(harness.states().get("t1").nextCheckAt())
                    .isLessThan(harness.clock().plus(WEEKS).toEpochMilli());
        }
    }

    @Test
    void tombstoneHasCurrentTime() throws IOException {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.event(event(TaskStatus.COMPLETED, 1, MICROS));
            harness.advance(Duration.ofDays(30));
            List<TestRecord<String, TaskStatusChange>> records = harness.changelog.readRecordsToList();
            assertThat(records).hasSize(2);
            assertThat(records.get(1).value()).isNull();
            assertThat(records.get(1).timestamp()).isEqualTo(harness.clock().toEpochMilli());
        }
    }

    private static StatusEvent event(TaskStatus status, long sequence, long occurredAt) {
        return new StatusEvent(
                new TaskIdentity("t1", "w1", "upload", "HTTP", "upload_item"),
                status,
                StatusEvent.NOT_STATED,
                sequence,
                occurredAt,
                EventSource.NATIVE,
                EpochEvidence.NONE);
    }

    private static List<String> lines(String report) throws IOException {
        try (InputStream in = RecordTimesTest.class.getResourceAsStream("/reports/" + report)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}

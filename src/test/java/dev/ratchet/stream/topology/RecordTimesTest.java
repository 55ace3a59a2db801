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

/** Record timestamps and event times that no sound clock shows. */
class RecordTimesTest {
    private static final long MICROS = 1_795_000_000_000_000L;
    private static final Duration WEEKS = Duration.ofDays(50);

    @TempDir
    Path state;

    /** 5: in seconds or in another unit. 1,700,000,000: now, in seconds. */
    @ParameterizedTest
    @ValueSource(longs = {0, 5, 1_700_000_000, 4_102_444_800_000L})
    void aRecordWithoutASoundTimestampIsTakenAsProducedNow(long timestamp) throws IOException {
        try (Stage stage = new Stage(state)) {
            for (String line : lines("16_timestamps.jsonl")) {
                stage.cdc.pipeInput(Stage.bytes("TASK"), Stage.bytes(line), timestamp);
                stage.advance(Duration.ofSeconds(1));
            }
            List<TestRecord<String, TaskStatusChange>> changes = stage.changelog.readRecordsToList();
            assertThat(changes)
                    .extracting(change ->
                            change.value() == null ? null : change.value().getStatus())
                    .containsExactly(dev.ratchet.v1.TaskStatus.IN_PROGRESS, dev.ratchet.v1.TaskStatus.COMPLETED);
            assertThat(stage.rejections.readValue().getLostUpdate()).isTrue();
            assertThat(stage.states().get("TASK").lastEventAt())
                    .isGreaterThan(stage.clock().minus(Duration.ofDays(1)).toEpochMilli());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1_700_000_000, 2_000_000_000_001L, Long.MAX_VALUE, Long.MIN_VALUE})
    void aTimestampThatCannotBeBecomesNow(long timestamp) {
        assertThat(extracted(timestamp)).isEqualTo(2_000_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1_420_070_400_000L, 1_999_999_999_999L, 2_000_000_000_000L})
    void anyOtherIsLeftAsItIs(long timestamp) {
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
    void aChangeIsPublishedBetweenItsRecordsTimeAndNowWhateverItsEventTime(long occurredAt) {
        try (Stage stage = new Stage(state)) {
            stage.event(event(TaskStatus.SCHEDULED, 1, occurredAt));
            stage.advance(Duration.ofSeconds(7));
            stage.event(event(TaskStatus.COMPLETED, 2, 3));
            long now = stage.clock().toEpochMilli();
            List<TestRecord<String, TaskStatusChange>> changes = stage.changelog.readRecordsToList();
            assertThat(changes).hasSize(2);
            assertThat(changes.get(0).timestamp()).isEqualTo(now - 7_000);
            assertThat(changes.get(0).value().getOccurredAt().toEpochMilli()).isEqualTo(occurredAt);
            assertThat(changes.get(1).timestamp()).isEqualTo(now);
        }
    }

    @Test
    void aLateRecordDoesNotTakeTheTimestampsOfATaskBack() {
        try (Stage stage = new Stage(state)) {
            long now = stage.clock().toEpochMilli();
            stage.event(event(TaskStatus.SCHEDULED, 1, now));
            stage.event(event(TaskStatus.COMPLETED, 2, now), stage.clock().minus(WEEKS));
            assertThat(stage.changelog.readRecordsToList())
                    .extracting(TestRecord::timestamp)
                    .containsExactly(now, now);
        }
    }

    /** The first record came while the clock was ahead. */
    @Test
    void aClockThatIsSetBackLeavesNoTimeOfTheFuture() {
        try (Stage stage = new Stage(state)) {
            stage.event(event(TaskStatus.SCHEDULED, 1, 1), stage.clock().plus(WEEKS));
            stage.event(event(TaskStatus.IN_PROGRESS, 2, 2));
            long now = stage.clock().toEpochMilli();
            assertThat(stage.changelog.readRecordsToList())
                    .extracting(TestRecord::timestamp)
                    .allSatisfy(timestamp -> assertThat(timestamp).isLessThanOrEqualTo(now));
            assertThat(stage.states().get("t1").lastEventAt()).isEqualTo(now);
            assertThat(stage.states().get("t1").nextCheckAt())
                    .isLessThan(stage.clock().plus(WEEKS).toEpochMilli());
        }
    }

    @Test
    void aTombstoneOfAClockThatWasAheadIsNotOfTheFuture() throws IOException {
        try (Stage stage = new Stage(state)) {
            stage.event(event(TaskStatus.COMPLETED, 1, MICROS));
            stage.advance(Duration.ofDays(30));
            List<TestRecord<String, TaskStatusChange>> records = stage.changelog.readRecordsToList();
            assertThat(records).hasSize(2);
            assertThat(records.get(1).value()).isNull();
            assertThat(records.get(1).timestamp()).isEqualTo(stage.clock().toEpochMilli());
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

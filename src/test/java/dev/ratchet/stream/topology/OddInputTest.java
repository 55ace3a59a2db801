package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.TaskStatusChange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids and times that Conductor never writes do not stop the stream. */
class OddInputTest {
    @TempDir
    Path state;

    @Test
    void taskIdWithControlCharacterIsDeadLettered() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.event(event("t\0", TaskStatus.SCHEDULED, 1, 1));
            harness.cdc(
                    "t\0",
                    TopologyHarness.bytes(
                            "{\"op\":\"d\",\"before\":{\"task_id\":\"t\\u0000\"},\"source\":{\"lsn\":1}}"));
            assertThat(harness.readDeadLetters())
                    .hasSize(2)
                    .extracting(OddInputTest::error)
                    .allMatch(error -> error.endsWith(
                            " to be an id without control characters or unpaired surrogates, but got 't\\u0000'"));
            assertThat(harness.counters.deadLetters(DeadLetterCategory.MALFORMED))
                    .isEqualTo(2);
            assertThat(harness.changelog.isEmpty()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1_795_359_820_000_000L, Long.MAX_VALUE})
    void timesInAnotherUnitAreAccepted(long time) {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.event(event("t", TaskStatus.SCHEDULED, 1, time));
            harness.event(event("t", TaskStatus.COMPLETED, 2, time));
            harness.event(event("t", TaskStatus.IN_PROGRESS, 3, time));
            harness.advance(Duration.ofDays(30));
            assertThat(harness.changelog.readValuesToList().stream().filter(Objects::nonNull))
                    .extracting(TaskStatusChange::getStatus)
                    .containsExactly(dev.ratchet.v1.TaskStatus.SCHEDULED, dev.ratchet.v1.TaskStatus.COMPLETED);
            assertThat(harness.readDeadLetters()).isEmpty();
        }
    }

    private static String error(TestRecord<byte[], byte[]> letter) {
        return new String(
                letter.headers().lastHeader("__streams.errors.message").value(), StandardCharsets.UTF_8);
    }

    private static StatusEvent event(String taskId, TaskStatus status, long sequence, long time) {
        return new StatusEvent(
                new TaskIdentity(taskId, "w", "order", "SHIP", "ship"),
                status,
                StatusEvent.NOT_STATED,
                sequence,
                time,
                EventSource.NATIVE,
                new EpochEvidence(
                        new EpochKey(time, 0),
                        time,
                        status.isTerminal() ? time : 0,
                        1,
                        EpochEvidence.Flag.NO,
                        EpochEvidence.Flag.NO,
                        0,
                        0));
    }
}

package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.RatchetTopologyTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.state.CapturedOutput;
import dev.ratchet.stream.progress.PartitionProgress;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.TaskSource;
import java.time.Duration;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** When a task is reported as stuck, its output dropped, and the task forgotten; and when the source is silent. */
class DueTimersTest extends DueTimersFixture {
    @Test
    void silentTaskIsStuckUntilNextEvent() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            keepSourceActive(harness, 16);
            assertThat(readAlerts(harness)).containsExactly("STUCK OPENED");
            keepSourceActive(harness, 60);
            assertThat(readAlerts(harness)).isEmpty();
            harness.event(event(TaskStatus.IN_PROGRESS, 2));
            assertThat(readAlerts(harness)).containsExactly("STUCK RESOLVED");
        }
    }

    @Test
    void stuckAlertNamesTheLastEventAndTheLimit() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            keepSourceActive(harness, 16);
            assertThat(harness.alerts.readValue().getMessage())
                    .matches("No event for the task within its time limit\\. Last status SCHEDULED .*"
                            + ": the last event arrived at 20\\d\\d-\\d\\d-\\d\\dT[\\d:.]+Z, the limit is PT15M");
        }
    }

    @Test
    void heartbeatWritesNoTimer() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.IN_PROGRESS, 1));
            assertThat(harness.timerWrites()).isEqualTo(1);
            for (int beat = 2; beat < 20; beat++) {
                harness.advance(MINUTE);
                harness.event(event(TaskStatus.IN_PROGRESS, beat));
            }
            assertThat(harness.timerWrites()).isZero();
        }
    }

    @Test
    void terminalTaskIsForgottenWithTombstone() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.IN_PROGRESS, 1));
            harness.event(event(TaskStatus.COMPLETED, 2));
            harness.changelog.readValuesToList();
            harness.advance(Duration.ofDays(6));
            harness.advance(Duration.ofDays(1));
            TestRecord<String, ?> tombstone = harness.changelog.readRecord();
            assertThat(tombstone.key()).isEqualTo("t1");
            assertThat(tombstone.value()).isNull();
            assertThat(harness.states().get("t1")).isNull();
            assertThat(harness.timers()).isZero();
            harness.event(event(TaskStatus.IN_PROGRESS, 3));
            assertThat(harness.changelog.readValue().getRevision()).isEqualTo(1);
            assertThat(harness.states().get("t1").task().diverges()).isFalse();
        }
    }

    @Test
    void liveTaskIsForgottenAfterLiveRetention() {
        try (TopologyHarness harness = harness("ratchet.retention.live", "PT3H", "ratchet.audit.mode", "on")) {
            harness.event(of("t1", TaskStatus.IN_PROGRESS, 1, TaskSource.NATIVE));
            harness.changelog.readValuesToList();
            keepSourceActive(harness, 190);
            assertThat(harness.states().get("t1")).isNull();
            assertThat(harness.states().get("other")).isNotNull();
            assertThat(harness.changelog.readRecordsToList())
                    .filteredOn(record -> record.key().equals("t1"))
                    .singleElement()
                    .satisfies(tombstone -> assertThat(tombstone.value()).isNull());
            assertThat(readAlerts(harness)).containsExactly("STUCK OPENED", "STUCK RESOLVED");
            harness.commands.readValuesToList();
            keepSourceActive(harness, 60);
            assertThat(harness.commands.readValuesToList())
                    .extracting(RepairCommand::getTaskId)
                    .doesNotContain("t1");
        }
    }

    @Test
    void outputIsDroppedAfterCaptureTime() {
        try (TopologyHarness harness = harness()) {
            loseTerminalStatus(harness);
            harness.event(of("t1", TaskStatus.COMPLETED, 4, TaskSource.NATIVE));
            assertThat(harness.outputs().get("t1")).isNotNull();
            keepSourceActive(harness, 59);
            assertThat(harness.outputs().get("t1")).isNotNull();
            keepSourceActive(harness, 2);
            assertThat(harness.outputs().get("t1")).isNull();
            harness.event(of("t1", TaskStatus.IN_PROGRESS, 5, TaskSource.NATIVE));
            harness.advance(MINUTE);
            assertThat(harness.commands.readValue().getOutput()).isNull();
        }
    }

    @Test
    void outputIsDroppedAfterRepairIsDisabled() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.event(event(TaskStatus.COMPLETED, 1));
            TrackedTask captured = harness.states().get("t1");
            long dropAt = captured.lastEventAt() + MINUTE.toMillis();
            harness.states()
                    .put(
                            "t1",
                            new TrackedTask(
                                    captured.task(),
                                    captured.lastEventAt(),
                                    TrackedTask.NEVER,
                                    dropAt,
                                    captured.nextCheckAt(),
                                    TrackedTask.NEVER));
            harness.outputs().put("t1", new CapturedOutput(1, TaskStatus.COMPLETED, 1, TaskOutput.NONE));
            harness.advance(Duration.ofDays(7).plusMinutes(1));
            assertThat(harness.outputs().get("t1")).isNull();
        }
    }

    @Test
    void timersWaitUntilPartitionHasCaughtUp() {
        try (TopologyHarness harness = harness()) {
            harness.shared.catchUp().assigned(0);
            harness.event(event(TaskStatus.SCHEDULED, 1));
            loseTerminalStatus(harness, "t2");
            harness.alerts.readValuesToList();
            keepSourceActive(harness, 30);
            assertThat(readAlerts(harness)).isEmpty();
            assertThat(harness.commands.isEmpty()).isTrue();
            harness.event(event(TaskStatus.COMPLETED, 2));
            harness.shared.catchUp().assigned().forEach(PartitionProgress::done);
            harness.advance(MINUTE);
            assertThat(readAlerts(harness)).isEmpty();
            assertThat(harness.commands.readValue().getTaskId()).isEqualTo("t2");
        }
    }

    @Test
    void silentSourceAlertsOnceInsteadOfPerTask() {
        try (TopologyHarness harness = harness()) {
            IntStream.range(0, 20)
                    .forEach(i -> harness.event(of("quiet" + i, TaskStatus.SCHEDULED, 1, TaskSource.NATIVE)));
            for (int minute = 0; minute < 40; minute++) {
                harness.advance(MINUTE);
            }
            assertThat(readAlerts(harness)).containsExactly("SOURCE_SILENT OPENED");
            harness.event(of("other", TaskStatus.SCHEDULED, 1, TaskSource.NATIVE));
            harness.advance(MINUTE);
            assertThat(readAlerts(harness)).containsExactly("SOURCE_SILENT RESOLVED");
        }
    }

    @Test
    void silenceWithoutLiveTasksDoesNotAlert() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.COMPLETED, 1));
            harness.advance(Duration.ofHours(1));
            harness.advance(Duration.ofHours(1));
            assertThat(readAlerts(harness)).isEmpty();
        }
    }
}

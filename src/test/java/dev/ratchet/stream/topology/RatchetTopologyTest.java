package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Recorded;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.RejectionReason;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs of the whole topology for single events. */
public class RatchetTopologyTest {
    @TempDir
    Path state;

    @Test
    void futureRecordTimestampDoesNotReachStoreChangelog() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            Recorded record = Recordings.cdc("heartbeat").get(0);
            long tomorrow = System.currentTimeMillis() + 86_400_000;
            harness.cdc.pipeInput(TopologyHarness.bytes(record.key()), record.value(), tomorrow);
            assertThat(harness.storeChangelog.readRecord().timestamp()).isLessThan(tomorrow);
        }
    }

    @Test
    void sourceOffsetIsAddedToLogPosition() {
        try (TopologyHarness harness = new TopologyHarness(state, "ratchet.source.offset", "1000")) {
            Recorded record = Recordings.cdc("heartbeat").get(0);
            harness.cdc(record.key(), record.value());
            long there = harness.changelog.readValue().getSequence();
            try (TopologyHarness other = new TopologyHarness(state.resolve("other"))) {
                other.cdc(record.key(), record.value());
                assertThat(there - other.changelog.readValue().getSequence()).isEqualTo(1_000);
            }
        }
    }

    @Test
    void changesHaveRecordTimeAndOtherOutputsClockTime() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            long start = harness.clock().toEpochMilli();
            harness.event(event(TaskStatus.COMPLETED, 2), harness.clock().minusSeconds(9));
            harness.event(event(TaskStatus.IN_PROGRESS, 3));
            harness.events.pipeInput(TopologyHarness.bytes("t1"), TopologyHarness.bytes("{}"));
            assertThat(harness.changelog.readRecord().timestamp()).isEqualTo(start - 9_000);
            long aWhileBefore = start - 60_000;
            assertThat(harness.rejections.readRecord().timestamp()).isGreaterThan(aWhileBefore);
            var alert = harness.alerts.readRecord();
            assertThat(alert.timestamp()).isGreaterThan(aWhileBefore);
            assertThat(alert.value().getRaisedAt().toEpochMilli()).isEqualTo(alert.timestamp());
            assertThat(harness.readDeadLetters().get(0).timestamp()).isGreaterThan(aWhileBefore);
        }
    }

    @Test
    void lostUpdateIsRejectedAndAlertsOnce() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.event(event(TaskStatus.IN_PROGRESS, 1));
            harness.event(event(TaskStatus.COMPLETED, 2));
            harness.event(event(TaskStatus.IN_PROGRESS, 3));
            harness.event(event(TaskStatus.IN_PROGRESS, 4));
            assertThat(harness.changelog.readValuesToList())
                    .extracting(change -> change.getStatus().name())
                    .containsExactly("IN_PROGRESS", "COMPLETED");
            assertThat(harness.rejections.readValuesToList()).hasSize(2).allSatisfy(rejection -> {
                assertThat(rejection.getReason()).isEqualTo(RejectionReason.BACKWARD_TRANSITION);
                assertThat(rejection.getLostUpdate()).isTrue();
                assertThat(rejection.getMessage()).startsWith("Expected nothing to follow COMPLETED, but got");
            });
            assertThat(harness.alerts.readValuesToList()).singleElement().satisfies(alert -> {
                assertThat(alert.getKind()).isEqualTo(AlertKind.LOST_UPDATE);
                assertThat(alert.getState()).isEqualTo(AlertState.OPENED);
                assertThat(alert.getMessage())
                        .isEqualTo(
                                "Conductor overwrote the end of the task: COMPLETED at sequence 2, but it now holds IN_PROGRESS"
                                        + " at sequence 3");
            });

            harness.event(event(TaskStatus.COMPLETED, 5));
            harness.event(event(TaskStatus.COMPLETED, 6));
            assertThat(harness.alerts.readValuesToList())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.getState()).isEqualTo(AlertState.RESOLVED));
            assertThat(harness.changelog.isEmpty()).isTrue();
        }
    }

    @Test
    void secondTerminalStatusOpensConflict() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.event(event(TaskStatus.COMPLETED, 2));
            harness.event(event(TaskStatus.FAILED, 3));
            harness.event(event(TaskStatus.FAILED, 4));
            assertThat(harness.alerts.readValuesToList())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.getKind()).isEqualTo(AlertKind.TERMINAL_CONFLICT));
            assertThat(harness.rejections.readValuesToList()).hasSize(2);
        }
    }

    @Test
    void duplicatesArePublishedOnlyIfConfigured() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            harness.event(event(TaskStatus.SCHEDULED, 1));
            assertThat(harness.counters.events(EventSource.NATIVE, OutcomeKind.DUPLICATE))
                    .isEqualTo(1);
            assertThat(harness.rejections.isEmpty()).isTrue();
        }
        try (TopologyHarness harness = new TopologyHarness(state, "ratchet.rejections.duplicates", "true")) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            harness.event(event(TaskStatus.SCHEDULED, 1));
            assertThat(harness.rejections.readValue().getReason()).isEqualTo(RejectionReason.DUPLICATE);
        }
    }

    public static StatusEvent event(TaskStatus status, long sequence) {
        TaskIdentity task = new TaskIdentity("t1", "w1", "upload", "HTTP", "upload_item");
        return new StatusEvent(task, status, 0, sequence, sequence, EventSource.NATIVE, EpochEvidence.NONE);
    }
}

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
import dev.ratchet.v1.RejectionReason;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusRejection;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhook and change data capture configured together. */
class SourceOwnershipTest {
    private static final Recorded FIRST = Recordings.cdc("race_176").get(0);

    @TempDir
    Path state;

    @Test
    void webhookEventOfUnknownTaskIsIgnoredWithCdc() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.event(notification(FIRST.key(), TaskStatus.COMPLETED));
            assertThat(harness.changelog.isEmpty()).isTrue();
            assertThat(harness.rejections.isEmpty()).isTrue();
            assertThat(harness.counters.events(EventSource.WEBHOOK, OutcomeKind.SOURCE_MISMATCH))
                    .isOne();
        }
    }

    @Test
    void webhookEventOfCdcTaskIsRejected() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.cdc(FIRST.key(), FIRST.value());
            harness.event(notification(FIRST.key(), TaskStatus.COMPLETED));
            assertThat(harness.changelog.readValuesToList())
                    .extracting(TaskStatusChange::getSource)
                    .containsOnly(TaskSource.CDC);
            assertThat(harness.rejections.readValuesToList())
                    .extracting(TaskStatusRejection::getReason)
                    .containsOnly(RejectionReason.SOURCE_MISMATCH);
        }
    }

    @Test
    void lostUpdatesAreDetectedWhenWebhookReportsFirst() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            List<Recorded> race = Recordings.cdc("race_176");
            race.forEach(record -> {
                harness.event(notification(record.key(), TaskStatus.COMPLETED));
                harness.cdc(record.key(), record.value());
            });
            assertThat(harness.alerts.readValuesToList())
                    .extracting(TaskStatusAlert::getKind)
                    .filteredOn(AlertKind.LOST_UPDATE::equals)
                    .hasSize(5);
        }
    }

    private static StatusEvent notification(String taskId, TaskStatus status) {
        TaskIdentity task = new TaskIdentity(taskId, "w-1", "upload", "HTTP", "upload_item");
        return new StatusEvent(
                task,
                status,
                StatusEvent.NOT_STATED,
                1_700_000_000_000L,
                1_700_000_000_000L,
                EventSource.WEBHOOK,
                EpochEvidence.NONE);
    }
}

package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Expected;
import dev.ratchet.Recordings.Recorded;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.TaskState;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Recordings of a real Conductor through the whole topology. */
class TopologyRecordingsTest {
    static final List<String> RECORDINGS = Recordings.NAMES;

    @TempDir
    Path state;

    @ParameterizedTest
    @FieldSource("RECORDINGS")
    void recordingsProduceExpectedState(String recording) {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            List<Recorded> records = Recordings.cdc(recording);
            records.forEach(record -> harness.cdc(record.key(), record.value()));

            Map<String, TaskStatusChange> last = new HashMap<>();
            harness.changelog.readKeyValuesToList().forEach(change -> {
                assertFollows(last.get(change.key), change.value);
                last.put(change.key, change.value);
            });
            List<Expected> expected = Recordings.expected(recording);
            assertThat(last).hasSameSizeAs(expected);
            for (Expected task : expected) {
                TaskStatusChange change = last.get(task.taskId());
                assertThat(change.getStatus().name()).isEqualTo(task.status());
                assertThat(change.getEpoch()).isEqualTo(task.epoch());
                assertThat(change.getRevision()).isEqualTo(task.revision());
                TaskState captured = harness.states().get(task.taskId()).task();
                assertThat(captured.diverges()).isEqualTo(task.diverged());
                assertThat(captured.lastReported().observation().status().name())
                        .isEqualTo(task.heard());
                assertThat(captured.bookkeeping().lostUpdates()).isEqualTo(task.lostUpdates());
            }
            long diverged = expected.stream().filter(Expected::diverged).count();
            List<TaskStatusAlert> alerts = harness.alerts.readValuesToList();
            assertThat(count(alerts, AlertState.OPENED) - count(alerts, AlertState.RESOLVED))
                    .isEqualTo(diverged);
            assertThat(harness.readDeadLetters()).isEmpty();
            assertThat(harness.counters.read()).isEqualTo(records.size());
            assertThat(harness.counters.events(EventSource.CDC, OutcomeKind.ACCEPTED))
                    .isPositive();
        }
    }

    @ParameterizedTest
    @FieldSource("RECORDINGS")
    void redeliveredRecordingPublishesAndStoresNothing(String recording) {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            Recordings.cdc(recording).forEach(record -> harness.cdc(record.key(), record.value()));
            harness.changelog.readValuesToList();
            harness.alerts.readValuesToList();
            assertThat(harness.storeChangelog.readValuesToList()).isNotEmpty();
            Recordings.cdc(recording).forEach(record -> harness.cdc(record.key(), record.value()));
            assertThat(harness.storeChangelog.readValuesToList()).isEmpty();
            assertThat(harness.changelog.readValuesToList()).isEmpty();
            assertThat(harness.alerts.readValuesToList()).isEmpty();
        }
    }

    @Test
    void deletionResolvesAlert() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            Recorded lost = lastOfADivergedTask();
            Recordings.cdc("race_176").forEach(record -> harness.cdc(record.key(), record.value()));
            harness.alerts.readValuesToList();
            byte[] deletion = TopologyHarness.bytes("{\"op\":\"d\",\"before\":{\"task_id\":\"" + lost.key()
                    + "\"},\"after\":null,\"source\":{\"lsn\":999999999999}}");
            harness.cdc(lost.key(), deletion);
            harness.cdc(lost.key(), null);
            assertThat(harness.alerts.readValuesToList()).singleElement().satisfies(alert -> {
                assertThat(alert.getState()).isEqualTo(AlertState.RESOLVED);
                assertThat(alert.getMessage()).isEqualTo("Conductor deleted the task");
            });
            assertThat(harness.counters.events(EventSource.CDC, OutcomeKind.IGNORED))
                    .isEqualTo(2);
        }
    }

    private static void assertFollows(TaskStatusChange before, TaskStatusChange change) {
        assertThat(change.getRevision()).isEqualTo(before == null ? 1 : before.getRevision() + 1);
        assertThat(change.getPreviousStatus()).isEqualTo(before == null ? null : before.getStatus());
    }

    private static long count(List<TaskStatusAlert> alerts, AlertState state) {
        return alerts.stream()
                .filter(alert -> alert.getKind() == AlertKind.LOST_UPDATE && alert.getState() == state)
                .count();
    }

    private static Recorded lastOfADivergedTask() {
        String diverged = Recordings.expected("race_176").stream()
                .filter(Expected::diverged)
                .findFirst()
                .orElseThrow()
                .taskId();
        return Recordings.cdc("race_176").stream()
                .filter(record -> record.key().equals(diverged))
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}

package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Expected;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusRejection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Expected outputs of recordings, compared with what downstream services see. */
final class Expectations {
    private final List<Expected> expected;

    private Expectations(Stream<Expected> expected) {
        this.expected = expected.toList();
    }

    Expectations(List<String> recordings) {
        this(recordings.stream().flatMap(name -> Recordings.expected(name).stream()));
    }

    /** Adds further expectations. */
    Expectations and(List<Expected> more) {
        return new Expectations(Stream.concat(expected.stream(), more.stream()));
    }

    /** {@return the tasks that diverge at the end and are to be repaired} */
    List<String> diverged() {
        return expected.stream()
                .filter(Expected::diverged)
                .map(Expected::taskId)
                .toList();
    }

    /** Whether at least the expected number of outputs exists. */
    boolean areMet(Outputs outputs) {
        return outputs.changes.size()
                        >= expected.stream().mapToLong(Expected::revision).sum()
                && lostUpdates(outputs)
                        >= expected.stream().mapToInt(Expected::lostUpdates).sum();
    }

    /** Fails unless exactly the expected outputs exist. */
    void assertMatches(Outputs outputs) {
        Map<String, TaskStatusChange> last = last(outputs.changes);
        Set<String> surplus = new HashSet<>(last.keySet());
        for (Expected task : expected) {
            surplus.remove(task.taskId());
            TaskStatusChange change = last.get(task.taskId());
            assertThat(change).as(task.toString()).isNotNull();
            assertThat(change.getStatus().name()).as(task.toString()).isEqualTo(task.status());
            assertThat(change.getEpoch()).as(task.toString()).isEqualTo(task.epoch());
            assertThat(change.getRevision()).as(task.toString()).isEqualTo(task.revision());
        }
        assertThat(surplus).as("unexpected tasks").isEmpty();
        assertThat(outputs.rejections)
                .filteredOn(TaskStatusRejection::getLostUpdate)
                .as("lost updates")
                .doesNotHaveDuplicates()
                .hasSize(expected.stream().mapToInt(Expected::lostUpdates).sum());
        assertThat(alerts(outputs, AlertState.OPENED) - alerts(outputs, AlertState.RESOLVED))
                .isEqualTo(diverged().size());
    }

    /** The last change of each task; checks that revisions and previous statuses have no gap. */
    private static Map<String, TaskStatusChange> last(List<TaskStatusChange> changes) {
        Map<String, TaskStatusChange> last = new HashMap<>();
        for (TaskStatusChange change : changes) {
            TaskStatusChange before = last.put(change.getTaskId(), change);
            assertThat(change.getRevision()).isEqualTo(before == null ? 1 : before.getRevision() + 1);
            assertThat(change.getPreviousStatus()).isEqualTo(before == null ? null : before.getStatus());
        }
        return last;
    }

    private static long lostUpdates(Outputs outputs) {
        return outputs.rejections.stream()
                .filter(rejection -> rejection.getLostUpdate())
                .count();
    }

    private static long alerts(Outputs outputs, AlertState state) {
        return outputs.alerts.stream()
                .filter(alert -> alert.getKind() == AlertKind.LOST_UPDATE && alert.getState() == state)
                .count();
    }
}

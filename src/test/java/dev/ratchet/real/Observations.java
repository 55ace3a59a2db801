package dev.ratchet.real;

import dev.ratchet.cluster.Outputs;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Visible results: the rows that Conductor wrote, and all outputs of Ratchet. */
final class Observations implements AutoCloseable {
    final CapturedTopic captured;
    final Repairs repairs;
    private final Outputs outputs;

    Observations(Settings settings) {
        SchemaRegistry registry = SchemaRegistry.of(settings.serde());
        captured = new CapturedTopic(settings);
        repairs = new Repairs(settings, registry);
        outputs = new Outputs(settings, registry);
    }

    Outputs outputs() {
        return outputs.poll();
    }

    /** Open lost updates of these executions without a repair result. */
    List<LostUpdate> unanswered(List<String> workflowIds) {
        return LostUpdate.of(captured.rows(workflowIds)).stream()
                .filter(lostUpdate -> lostUpdate.rise().isEmpty())
                .filter(lostUpdate -> repairs.poll().results.stream().noneMatch(lostUpdate::isMeantBy))
                .toList();
    }

    /** The changelog of one task so far: its statuses, by revision. */
    List<String> statuses(String taskId) {
        return List.copyOf(outputs().changes).stream()
                .filter(change -> change.getTaskId().equals(taskId))
                .map(change -> change.getStatus().name())
                .toList();
    }

    /** The latest revision of one task; empty if there is none yet. */
    Optional<TaskStatusChange> last(String taskId) {
        return outputs().changes.stream()
                .filter(change -> change.getTaskId().equals(taskId))
                .reduce((before, after) -> after);
    }

    /** Tasks with an open lost-update alert. */
    Set<String> lostUpdates() {
        Set<String> open = new TreeSet<>();
        for (TaskStatusAlert alert : outputs().alerts) {
            if (alert.getKind() == AlertKind.LOST_UPDATE) {
                if (alert.getState() == AlertState.OPENED) {
                    open.add(alert.getTaskId());
                } else {
                    open.remove(alert.getTaskId());
                }
            }
        }
        return open;
    }

    /** Writes that the guard in Conductor's database has rejected so far. */
    List<TaskStatusAlert> refusedWrites() {
        return outputs().alerts.stream()
                .filter(alert -> alert.getKind() == AlertKind.STALE_WRITE_REFUSED)
                .filter(alert -> alert.getState() == AlertState.OPENED)
                .toList();
    }

    @Override
    public void close() {
        captured.close();
        repairs.close();
        outputs.close();
    }
}

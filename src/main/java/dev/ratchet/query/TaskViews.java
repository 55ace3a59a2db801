package dev.ratchet.query;

import dev.ratchet.task.Alert;
import dev.ratchet.task.Epoch;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.LastPublished;
import dev.ratchet.task.Observation;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.ReportedStatus;
import dev.ratchet.task.StatusHistory;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.TrackedTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the state of a task into what is shown. */
final class TaskViews {
    private TaskViews() {}

    static TaskView of(TrackedTask tracked, Optional<TaskStatus> atLeast) {
        TaskState state = tracked.task();
        return new TaskView(
                state.task().taskId(),
                state.task().workflowId(),
                state.task().workflowType(),
                state.task().taskType(),
                state.task().referenceTaskName(),
                state.source(),
                report(state.current()),
                lastReported(state.lastReported()),
                epoch(state.epoch()),
                observations(state.history()),
                state.published().revision(),
                published(state.published()),
                state.bookkeeping().timeline().stream()
                        .map(entry -> new TaskView.Event(
                                entry.kind(),
                                OutcomeText.of(entry.kind()),
                                entry.observation().status(),
                                entry.observation().sequence(),
                                time(entry.observation().occurredAt())))
                        .toList(),
                Alert.between(Optional.empty(), state).stream()
                        .map(alert -> new TaskView.OpenAlert(alert.kind(), alert.message()))
                        .toList(),
                state.bookkeeping().lostUpdates(),
                repair(state.bookkeeping().repair()),
                deadlines(tracked),
                atLeast.map(asked -> Receipts.of(asked, state)).orElse(null));
    }

    private static TaskView.Report report(Observation observation) {
        return new TaskView.Report(observation.status(), observation.sequence(), time(observation.occurredAt()));
    }

    private static TaskView.LastReported lastReported(ReportedStatus reported) {
        Observation observation = reported.observation();
        return new TaskView.LastReported(
                observation.status(), observation.sequence(), time(observation.occurredAt()), reported.kind());
    }

    private static TaskView.Epoch epoch(Epoch epoch) {
        EpochKey key = epoch.key();
        return new TaskView.Epoch(
                epoch.number(),
                epoch.decision(),
                OutcomeText.of(epoch.decision()),
                key.scheduledTime() == EpochKey.NO_TIME ? null : time(key.scheduledTime()),
                key.retryCount() == EpochKey.NO_COUNT ? null : key.retryCount());
    }

    private static List<TaskView.Observations> observations(StatusHistory history) {
        List<TaskView.Observations> found = new ArrayList<>();
        long[] spans = history.spans();
        int place = 0;
        for (TaskStatus status : TaskStatus.values()) {
            if ((history.statuses() & status.bit()) != 0) {
                found.add(new TaskView.Observations(
                        status, spans[place], time(spans[place + 1]), spans[place + 2], time(spans[place + 3])));
                place += 4;
            }
        }
        return found;
    }

    private static TaskView.Published published(LastPublished published) {
        return published.revision() == 0
                ? new TaskView.Published(null, null, null)
                : new TaskView.Published(
                        published.observation().status(),
                        published.observation().sequence(),
                        time(published.timestamp()));
    }

    private static TaskView.Repair repair(RepairState repair) {
        return new TaskView.Repair(
                repair.result(),
                repair.attempt(),
                repair.issued(),
                repair.lastReportedSequence() < 0 ? null : repair.lastReportedSequence());
    }

    private static TaskView.Deadlines deadlines(TrackedTask tracked) {
        return new TaskView.Deadlines(
                time(tracked.lastEventAt()),
                deadline(tracked.nextCheckAt()),
                deadline(tracked.repairAt()),
                deadline(tracked.dropOutputAt()),
                deadline(tracked.nextAuditAt()),
                tracked.notFoundCount());
    }

    private static @Nullable Instant deadline(long time) {
        return time == TrackedTask.NEVER ? null : time(time);
    }

    private static Instant time(long ms) {
        return Instant.ofEpochMilli(ms);
    }
}

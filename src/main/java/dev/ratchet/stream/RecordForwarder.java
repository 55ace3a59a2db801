package dev.ratchet.stream;

import dev.ratchet.avro.AlertRecords;
import dev.ratchet.avro.RepairRecords;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.task.Alert;
import dev.ratchet.task.RefusedWrite;
import dev.ratchet.task.Rejection;
import dev.ratchet.task.RejectionReason;
import dev.ratchet.task.StatusChange;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Passes on what was decided, each to its topic. */
public final class RecordForwarder {
    private final ProcessorContext<String, Object> context;
    private final boolean duplicatesToo;
    private final OversizedTasks oversized;

    /** @param duplicatesToo whether duplicates are put on the rejections topic */
    public RecordForwarder(ProcessorContext<String, Object> context, boolean duplicatesToo) {
        this.context = context;
        this.duplicatesToo = duplicatesToo;
        this.oversized = OversizedTasks.in(context.appConfigs());
    }

    public void change(StatusChange change) {
        forward(change.task().taskId(), TaskRecords.change(change), change.timestamp(), TopologyNames.CHANGELOG);
    }

    /** The task is forgotten: the changelog's compaction may forget it too. */
    public void tombstone(TaskState task) {
        forward(task.task().taskId(), null, task.timestampAt(now()), TopologyNames.CHANGELOG);
    }

    public void rejection(Rejection rejection) {
        if (rejection.reason() != RejectionReason.DUPLICATE || duplicatesToo) {
            forward(
                    rejection.event().task().taskId(),
                    TaskRecords.rejection(rejection),
                    now(),
                    TopologyNames.REJECTIONS);
        }
    }

    public void alerts(List<Alert> alerts) {
        for (Alert alert : alerts) {
            forward(alert.state().task().taskId(), AlertRecords.of(alert, now()), now(), TopologyNames.ALERTS);
        }
    }

    /** The whole source has fallen silent, or is heard again. */
    public void silence(String application, Alert.Phase phase, String message) {
        forward(application, AlertRecords.silence(application, phase, message, now()), now(), TopologyNames.ALERTS);
    }

    /** The source itself kept an end. There is nothing left to do, so the alert is over as soon as it is raised. */
    public void refusedWrite(RefusedWrite write) {
        for (Alert.Phase phase : Alert.Phase.values()) {
            forward(write.task().taskId(), AlertRecords.refusedWrite(write, phase, now()), now(), TopologyNames.ALERTS);
        }
    }

    /** One that was refused as too large would be so again, and there is no input to dead-letter: it goes without the output. */
    public void repair(TaskState task, TaskOutput payload) {
        String taskId = task.task().taskId();
        TaskOutput sent = oversized.contains(taskId) ? payload.withoutOutput() : payload;
        forward(taskId, RepairRecords.repair(task, sent, now()), now(), TopologyNames.COMMANDS);
    }

    public void audit(TrackedTask tracked) {
        TaskState task = tracked.task();
        forward(
                task.task().taskId(),
                RepairRecords.audit(task, tracked.notFoundCount(), now()),
                now(),
                TopologyNames.COMMANDS);
    }

    private void forward(String key, @Nullable Object value, long timestamp, String node) {
        context.forward(new Record<>(key, value, timestamp), node);
    }

    private long now() {
        return context.currentSystemTimeMs();
    }
}

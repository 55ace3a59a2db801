package dev.ratchet.stream;

import dev.ratchet.avro.AlertRecords;
import dev.ratchet.avro.RepairRecords;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.state.OpenAlerts;
import dev.ratchet.task.Alert;
import dev.ratchet.task.Alert.Phase;
import dev.ratchet.task.RefusedWrite;
import dev.ratchet.task.Rejection;
import dev.ratchet.task.RejectionReason;
import dev.ratchet.task.StatusChange;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.trace.TraceHeaders;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.TaskStatusAlert;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Forwards results to the sinks of their topics. */
public final class RecordForwarder {
    /** Header of a change that was published before. Its value is the id of the request. */
    public static final String REPUBLISHED = "ratchet.republished";

    private final ProcessorContext<String, Object> context;
    private final boolean duplicatesToo;
    private final OversizedTasks oversized;
    private final EventLog log;
    private final OpenAlerts openAlerts;
    private final EventCounters counters;

    private Headers trace = TraceHeaders.NONE;

    /**
     * @param duplicatesToo whether duplicates go to the rejections topic
     * @param log logs the alerts
     * @param openAlerts notes which alerts are open
     * @param counters counts the alerts
     */
    public RecordForwarder(
            ProcessorContext<String, Object> context,
            boolean duplicatesToo,
            EventLog log,
            OpenAlerts openAlerts,
            EventCounters counters) {
        this.context = context;
        this.duplicatesToo = duplicatesToo;
        this.log = log;
        this.openAlerts = openAlerts;
        this.counters = counters;
        this.oversized = OversizedTasks.in(context.appConfigs());
    }

    /** What is forwarded until {@link #endRecord} has these headers. Timers forward without any. */
    public void beginRecord(Headers traceHeaders) {
        trace = traceHeaders;
    }

    public void endRecord() {
        trace = TraceHeaders.NONE;
    }

    public void change(StatusChange change) {
        forward(change.task().taskId(), TaskRecords.change(change), change.timestamp(), TopologyNames.CHANGELOG);
    }

    /**
     * Forwards the last change of a task again, marked by a header.
     *
     * @param requestId the value of the header
     */
    public void changeAgain(TaskState task, String requestId) {
        StatusChange change = StatusChange.again(task, now());
        Headers mark = new RecordHeaders().add(REPUBLISHED, requestId.getBytes(StandardCharsets.UTF_8));
        context.forward(
                new Record<>(task.task().taskId(), (Object) TaskRecords.change(change), change.timestamp(), mark),
                TopologyNames.CHANGELOG);
    }

    /** Forwards a tombstone, so that compaction of the changelog removes the task. */
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
            indexAndForward(AlertRecords.of(alert, now()));
        }
    }

    /** Forwards an alert that the whole source is silent, or writes again. */
    public void silence(String application, Phase phase, String message) {
        indexAndForward(AlertRecords.silence(application, phase, message, now()));
    }

    /**
     * Forwards that the guard in the source's database rejected a write. Nothing is left to do, so the alert is opened
     * and resolved at once.
     */
    public void refusedWrite(RefusedWrite write) {
        for (Phase phase : Phase.values()) {
            forwardAlert(AlertRecords.refusedWrite(write, phase, now()));
        }
    }

    /**
     * Forwards a repair command. If Kafka rejected a record of this task as too large, the command goes without the
     * output: it would be rejected again, and no input record could be dead-lettered for it.
     */
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

    private void indexAndForward(TaskStatusAlert alert) {
        openAlerts.update(alert);
        forwardAlert(alert);
    }

    private void forwardAlert(TaskStatusAlert alert) {
        long now = now();
        log.alert(alert, now);
        counters.count(alert.getKind(), alert.getState() == AlertState.OPENED ? Phase.OPENED : Phase.RESOLVED);
        forward(alert.getTaskId(), alert, now, TopologyNames.ALERTS);
    }

    private void forward(String key, @Nullable Object value, long timestamp, String node) {
        context.forward(new Record<>(key, value, timestamp, trace), node);
    }

    private long now() {
        return context.currentSystemTimeMs();
    }
}

package dev.ratchet.repair;

import dev.ratchet.conductor.ConductorClient;
import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import dev.ratchet.conductor.ConductorWorkflow;
import dev.ratchet.conductor.TaskUpdate;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.UnaryOperator;

/** One task and its workflow in memory. Heeds updates, unless told otherwise; keeps what it was asked. */
final class FakeConductor implements ConductorClient {
    static final String TASK = "t1";
    static final String WORKFLOW = "w1";
    static final long SCHEDULED_AT = 1_000;
    static final long STARTED_AT = 1_010;

    final List<String> asked = new ArrayList<>();
    final List<TaskUpdate> updates = new ArrayList<>();

    /** What befalls the row on the next updates, instead of what they say. */
    final Queue<UnaryOperator<ConductorTask>> onUpdate = new ArrayDeque<>();

    Optional<ConductorTask> row = Optional.of(row("IN_PROGRESS"));
    Optional<ConductorWorkflow> workflow = Optional.of(new ConductorWorkflow(WORKFLOW, "RUNNING"));

    /** Thrown by the method of that name. */
    String failing = "";

    RuntimeException failure = new ConductorUnavailableException("down", Scope.ALL_REQUESTS, (Throwable) null);

    static ConductorTask row(String status) {
        return row(status, SCHEDULED_AT, 0, STARTED_AT, 0, 1);
    }

    static ConductorTask row(String status, long scheduled, int retries, long started, long ended, int polls) {
        return row(TASK, status, scheduled, retries, started, ended, polls);
    }

    static ConductorTask row(
            String taskId, String status, long scheduled, int retries, long started, long ended, int polls) {
        EpochEvidence evidence = new EpochEvidence(
                new EpochKey(scheduled, retries),
                started,
                ended,
                polls,
                EpochEvidence.Flag.NO,
                EpochEvidence.Flag.NO,
                0,
                0);
        return new ConductorTask(
                new TaskIdentity(taskId, WORKFLOW, "wf", "HTTP", "ref"), status, evidence, 0, TaskOutput.NONE);
    }

    @Override
    public Optional<ConductorTask> task(String taskId) {
        ask("task", taskId);
        return row;
    }

    @Override
    public Optional<ConductorWorkflow> workflow(String workflowId) {
        ask("workflow", workflowId);
        return workflow;
    }

    @Override
    public void update(TaskUpdate update) {
        ask("update", update.status() + "");
        updates.add(update);
        UnaryOperator<ConductorTask> befalls = onUpdate.poll();
        row = row.map(befalls == null ? before -> with(before, update.status()) : befalls);
    }

    @Override
    public void decide(String workflowId) {
        ask("decide", workflowId);
    }

    private void ask(String method, String what) {
        asked.add(method + " " + what);
        if (method.equals(failing)) {
            throw failure;
        }
    }

    static ConductorTask with(ConductorTask row, TaskStatus status) {
        long ended = status.isTerminal() ? 2_000 : row.evidence().endTime();
        return row(
                status.name(),
                row.evidence().key().scheduledTime(),
                row.evidence().key().retryCount(),
                row.evidence().startTime(),
                ended,
                row.evidence().pollCount());
    }
}

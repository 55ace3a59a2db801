package dev.ratchet.conductor;

import java.util.Optional;

/**
 * Conductor's REST API, as far as repairs need it. Source: the server, which answers with its current row; nothing is cached.
 * Every call blocks, up to the client's timeout. Thread-safe.
 * <p>Every method throws {@link ConductorUnavailableException} if Conductor answered 5xx, 408 or 429, incompletely,
 * unreadably or not in time, or rejects Ratchet's credentials. It is then unknown whether an update was applied; try again
 * later. Every method throws {@link ConductorRefusedException} if Conductor rejects the request; a retry does not help.
 */
public interface ConductorClient {
    /**
     * Reads a task. {@code GET /tasks/{taskId}}. Safe to repeat.
     *
     * @return the task's row; empty if Conductor does not know the task (404; 204 from older servers)
     */
    Optional<ConductorTask> task(String taskId);

    /**
     * Reads a workflow execution. {@code GET /workflow/{workflowId}?includeTasks=false}. Safe to repeat.
     *
     * @return its status; empty if Conductor does not know the workflow (404)
     */
    Optional<ConductorWorkflow> workflow(String workflowId);

    /**
     * Updates a task's status as a worker does. {@code POST /tasks}. Returns normally <em>even if nothing changed</em>: Conductor
     * silently ignores updates of ended tasks and workflows; only {@link #task} shows the result. Replaces the row's
     * output, worker, reason and sub-workflow by those of the update, and clears absent ones. Safe to repeat: an ended task
     * does not change. Refused (404) if there is no such task.
     */
    void update(TaskUpdate update);

    /** Makes Conductor evaluate a workflow's next steps now. {@code PUT /workflow/decide/{workflowId}}. Safe to repeat. */
    void decide(String workflowId);
}

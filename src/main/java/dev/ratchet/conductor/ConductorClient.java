package dev.ratchet.conductor;

import java.util.Optional;

/**
 * Conductor's REST API, as far as repairs need it. Source: the server itself, whose answer is its row of this moment;
 * nothing is remembered. Every call blocks, up to the client's timeout. Safe for use by several threads.
 *
 * <p>Every method throws {@link ConductorUnavailableException} if Conductor answered 5xx, 408 or 429, with half an answer
 * or something that cannot be read, or not in time, or if it does not let Ratchet in: nothing is known then, not even
 * whether an update was done; try again later. And {@link ConductorRefusedException} if it said no to this very request:
 * trying again does not help until someone changes something.
 */
public interface ConductorClient {
    /**
     * Asks Conductor what it holds of a task now. {@code GET /tasks/{taskId}}. Safe to repeat.
     *
     * @return Conductor's own word; empty if it knows no such task (404; 204 from older servers)
     */
    Optional<ConductorTask> task(String taskId);

    /**
     * Asks Conductor how a workflow execution is getting on. {@code GET /workflow/{workflowId}?includeTasks=false}. Safe to
     * repeat.
     *
     * @return Conductor's own word; empty if it knows no such workflow (404)
     */
    Optional<ConductorWorkflow> workflow(String workflowId);

    /**
     * Reports a task's status as a worker would. {@code POST /tasks}. Returns normally <em>whether or not it did
     * anything</em>: a task or workflow that has ended is left alone, silently; only {@link #task} tells. Replaces the
     * row's output, worker, reason and sub-workflow by those of the update, absent ones by nothing. Safe to repeat: a task
     * that has ended stays as it is. Refused (404) if there is no such task.
     */
    void update(TaskUpdate update);

    /** Has Conductor see now what is to follow in a workflow. {@code PUT /workflow/decide/{workflowId}}. Safe to repeat. */
    void decide(String workflowId);
}

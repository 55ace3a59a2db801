package dev.ratchet.repair.audit;

import dev.ratchet.repair.AuditResult;

/** Receives the progress of a full audit. */
public interface AuditListener {
    /**
     * The tasks are read.
     *
     * @param tasks number of tasks to audit
     * @param before number of tasks that the checkpoint skips
     */
    void onStart(int tasks, int before);

    /** Called every few seconds. */
    void onProgress(AuditProgress soFar);

    /** Conductor's row differs from the last reported status. Called after the result is published. */
    void onDifference(AuditResult result);

    /**
     * A task could not be audited.
     *
     * @param why for people
     */
    void onUnreadable(String taskId, String why);
}

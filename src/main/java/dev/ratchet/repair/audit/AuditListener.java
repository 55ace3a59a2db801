package dev.ratchet.repair.audit;

import dev.ratchet.repair.AuditResult;

/** Who wants to know how a sweep goes. */
public interface AuditListener {
    /**
     * The tasks are read.
     *
     * @param tasks those to be asked about
     * @param before those that were done before, by the checkpoint
     */
    void onStart(int tasks, int before);

    /** Every few seconds. */
    void onProgress(AuditProgress soFar);

    /** Conductor holds something else than was heard; if it is to be posted, it is. */
    void onDifference(AuditResult result);

    /**
     * Nothing was learnt of a task.
     *
     * @param why in words
     */
    void onUnreadable(String taskId, String why);
}

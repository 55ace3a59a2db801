package dev.ratchet.repair;

import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskStatus;

/**
 * State of a task that an audit compares with Conductor. Small: a full audit keeps one for each task.
 * @param taskId not blank
 * @param epoch the current epoch, from 1
 * @param lastReportedSequence the latest reported sequence; the answer gets it too
 * @param current the current status
 * @param lastReported the last reported status
 * @param key of the current epoch; unknown parts are not compared
 * @param startTime epoch milliseconds, 0 if unknown
 * @param attempt consecutive answers that Conductor does not know the task
 */
public record AuditRequest(
        String taskId,
        int epoch,
        long lastReportedSequence,
        TaskStatus current,
        TaskStatus lastReported,
        EpochKey key,
        long startTime,
        int attempt) {}

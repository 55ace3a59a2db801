package dev.ratchet.repair;

import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskStatus;

/**
 * What is held of a task when Conductor is asked about it. Small: a sweep keeps one for each task there is.
 *
 * @param taskId not blank
 * @param epoch the life that stands, from 1
 * @param lastReportedSequence the latest sequence heard: what is answered is as of then
 * @param current the status that stands
 * @param lastReported the status last heard
 * @param key which life stands; what is unknown of it is not compared
 * @param startTime when it was started, ms, 0 if unknown
 * @param attempt how often running Conductor has answered that it knows no such task
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

package dev.ratchet.repair;

import dev.ratchet.conductor.TaskUpdate;
import dev.ratchet.task.EpochKey;

/**
 * An update to write if Conductor still holds the same epoch of the task. Unknown parts of the epoch are not compared.
 *
 * @param update the current status and its payload
 * @param key of the current epoch
 * @param startTime epoch milliseconds, 0 if unknown
 * @param pollCount at the end of the task, {@link EpochKey#NO_COUNT} if unknown
 * @param dryRun whether to read only, and report what would be written
 */
public record RepairRequest(TaskUpdate update, EpochKey key, long startTime, int pollCount, boolean dryRun) {}

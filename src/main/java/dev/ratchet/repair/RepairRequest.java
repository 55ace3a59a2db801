package dev.ratchet.repair;

import dev.ratchet.conductor.TaskUpdate;
import dev.ratchet.task.EpochKey;

/**
 * What to write back, if Conductor still holds the life of the task that it belongs to. What is unknown of that life is
 * not compared.
 *
 * @param update what stands
 * @param key which life stands
 * @param startTime when it was started, ms, 0 if unknown
 * @param pollCount what it ended with, {@link EpochKey#NO_COUNT} if unknown
 * @param mode how far to go
 */
public record RepairRequest(TaskUpdate update, EpochKey key, long startTime, int pollCount, RepairMode mode) {}

package dev.ratchet.task;

/**
 * A stale write that the guard in Conductor's database prevented: the row still holds the task's end.
 *
 * @param kept the status that the row holds
 * @param refused the status that the write would have set
 * @param sequence the refusal's place in the source's order
 */
public record RefusedWrite(TaskIdentity task, TaskStatus kept, TaskStatus refused, long sequence) {}

package dev.ratchet.bench;

import dev.ratchet.task.Evidence;
import dev.ratchet.task.Source;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;

/** Events of one task, as producers write them that state nothing but what they must. */
final class Events {
    private static final long START = 1_795_359_836_437L;

    static final TaskIdentity TASK = new TaskIdentity(
            "7f5853ea-7400-4510-a83d-125aafb4debb",
            "6af1e6e4-4266-44ab-a0f7-aa94054e866a",
            "order_flow",
            "HTTP",
            "reserve_stock");

    private Events() {}

    /** The status as of the n-th write, 100 ms after the one before. */
    static StatusEvent event(TaskStatus status, long n) {
        return new StatusEvent(TASK, status, StatusEvent.NOT_STATED, n, START + 100 * n, Source.NATIVE, Evidence.NONE);
    }
}

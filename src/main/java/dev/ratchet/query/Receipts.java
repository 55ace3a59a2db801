package dev.ratchet.query;

import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;

/** Whether a task has reached a status. */
final class Receipts {
    private Receipts() {}

    /** A terminal status is reached by itself only; another one is reached by all that come after it, too. */
    static TaskView.Receipt of(TaskStatus asked, TaskState state) {
        TaskStatus current = state.current().status();
        boolean isReached = asked.isTerminal() ? current == asked : current.compareTo(asked) >= 0;
        boolean isDefinite = isReached || current.isTerminal();
        return new TaskView.Receipt(asked, isReached, isDefinite, message(asked, state, isReached));
    }

    private static String message(TaskStatus asked, TaskState state, boolean isReached) {
        TaskStatus current = state.current().status();
        if (isReached) {
            return "The current status is " + current
                    + (state.diverges()
                            ? ", but Conductor has lost it and holds "
                                    + state.lastReported().observation().status()
                            : "");
        }
        return current.isTerminal()
                ? "The task ended as " + current + ", not as " + asked
                : "The current status is " + current + ", not yet " + asked;
    }
}

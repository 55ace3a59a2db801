package dev.ratchet.task.sim;

import dev.ratchet.task.TaskStatus;
import java.util.Random;

/** How tasks end. */
final class RandomStatuses {
    private RandomStatuses() {}

    static TaskStatus any(Random random) {
        int dice = random.nextInt(10);
        return dice < 6 ? TaskStatus.COMPLETED : dice < 9 ? TaskStatus.FAILED : TaskStatus.FAILED_WITH_TERMINAL_ERROR;
    }

    /** As a child workflow does. */
    static TaskStatus ofChild(Random random) {
        int dice = random.nextInt(20);
        return dice < 9
                ? TaskStatus.COMPLETED
                : dice < 14 ? TaskStatus.FAILED : dice < 19 ? TaskStatus.CANCELED : TaskStatus.TIMED_OUT;
    }

    /** A JOIN over an optional branch that has failed ends with errors. */
    static TaskStatus ofDoneTask(TaskKind kind, Random random) {
        return kind == TaskKind.JOIN && random.nextInt(5) == 0
                ? TaskStatus.COMPLETED_WITH_ERRORS
                : TaskStatus.COMPLETED;
    }

    /** Over a branch that has not succeeded: CANCELED where all that failed was cancelled (#1425). */
    static TaskStatus ofFailingJoin(Random random) {
        return random.nextInt(5) == 0 ? TaskStatus.CANCELED : TaskStatus.FAILED;
    }
}

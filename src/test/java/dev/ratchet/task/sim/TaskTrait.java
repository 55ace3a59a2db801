package dev.ratchet.task.sim;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/** What the definition of a task says, as far as Conductor's writers look at it. */
enum TaskTrait {
    /** The workflow passes over its failure. */
    OPTIONAL,
    /** Its failure ends the workflow only once everything else has ended. */
    PERMISSIVE,
    /** Conductor retries it by itself, under a new task id. */
    RETRIED,
    /** Its end is reported from outside. */
    ASYNC_COMPLETE,
    /** It joins a permissive branch that has failed. */
    JOINS_PERMISSIVE;

    static Set<TaskTrait> of(TaskKind kind, Random random) {
        Set<TaskTrait> traits = EnumSet.noneOf(TaskTrait.class);
        int dice = random.nextInt(10);
        if (!kind.isContainer()) {
            if (dice < 2) {
                traits.add(OPTIONAL);
            } else if (dice == 2) {
                traits.add(PERMISSIVE);
            } else if (dice < 5) {
                traits.add(RETRIED);
            }
        } else if (dice < 2) {
            traits.add(JOINS_PERMISSIVE);
        }
        if (random.nextBoolean()) {
            traits.add(ASYNC_COMPLETE);
        }
        return traits;
    }
}

package dev.ratchet.task;

import dev.ratchet.task.Repair.Result;

/** What is noted of a task by those who look after it. Changes nothing that stands, and nothing that is published. */
public final class Care {
    private Care() {}

    /** Nothing was heard of the task for longer than it may be silent; over as soon as something is. */
    public static TaskState stuck(TaskState state) {
        return state.with(state.ledger().stuck(true));
    }

    /** A repair of the divergence is issued: the next try at what is heard now. */
    public static TaskState commanded(TaskState state) {
        return state.with(state.ledger()
                .with(state.ledger().repair().next(state.heard().mark().sequence())));
    }

    /**
     * Something came of a command. If Conductor held what stands when it was last asked, and nothing was heard since, the
     * source agrees again. An answer to another command than the pending one, such as one that comes twice, changes
     * nothing.
     *
     * @param most how often a repair may fail
     */
    public static TaskState answered(TaskState state, RepairAnswer answer, int most) {
        Repair repair = state.ledger().repair();
        boolean asked = repair.isPending()
                && repair.heardSequence() == answer.heardSequence()
                && repair.attempt() == answer.attempt()
                && state.epoch().number() == answer.epoch();
        if (!asked) {
            return state;
        }
        boolean enough = answer.result() == Result.FAILED && answer.attempt() >= most;
        TaskState noted = state.with(state.ledger().with(repair.ended(enough ? Result.GIVEN_UP : answer.result())));
        TaskStatus stands = state.standing().status();
        boolean agrees = state.diverges()
                && state.heard().mark().sequence() == answer.heardSequence()
                && answer.observed().filter(stands::equals).isPresent();
        return agrees ? noted.with(state.heard().answered(stands)) : noted;
    }
}

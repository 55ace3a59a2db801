package dev.ratchet.task;

import dev.ratchet.task.RepairState.Result;

/** What is noted of a task by those who look after it. Changes nothing that stands, and nothing that is published. */
public final class RepairProgress {
    /** A source that loses the end again after each of so many repairs does so for good: then a person is needed. */
    private static final int REPAIRS_PER_EPOCH = 4;

    private RepairProgress() {}

    /** Nothing was heard of the task for longer than it may be silent; over as soon as something is. */
    public static TaskState stuck(TaskState state) {
        return state.with(state.bookkeeping().stuck(true));
    }

    /**
     * What became of repairs so far says nothing any more, but for how many there were: a divergence has begun, or there is
     * something new to repair it with.
     */
    public static TaskState toBeRepairedAnew(TaskState state) {
        RepairState repair = state.bookkeeping().repair();
        return repair.result() == Result.NONE || repair.result() == Result.EXHAUSTED
                ? state
                : state.with(state.bookkeeping().with(repair.anew()));
    }

    /**
     * A repair of the divergence is due. Notes the next command as issued, or that there is to be none: the last of all
     * attempts got no result in time, or the epoch has had its share of repairs.
     *
     * @param most how often a repair may fail
     * @param applied whether repairs are written to Conductor: only then the epoch's share counts
     */
    public static TaskState repairDue(TaskState state, int most, boolean applied) {
        RepairState repair = state.bookkeeping().repair();
        if (repair.isPending() && repair.attempt() >= most) {
            return state.with(state.bookkeeping().with(repair.ended(Result.GIVEN_UP)));
        }
        if (applied && repair.issued() >= REPAIRS_PER_EPOCH * most) {
            return state.with(state.bookkeeping().with(repair.ended(Result.EXHAUSTED)));
        }
        return state.with(state.bookkeeping()
                .with(repair.next(state.lastReported().observation().sequence(), applied)));
    }

    /** A person wants the divergence to be repaired after all, however often that was tried. */
    public static TaskState retried(TaskState state) {
        return state.diverges() ? state.with(state.bookkeeping().with(RepairState.NONE)) : state;
    }

    /**
     * Something came of a command. If Conductor held what stands when it was last asked, and nothing was heard since, the
     * source agrees again. An answer to a command that is not waited for, such as one that comes twice, changes nothing.
     *
     * @param most how often a repair may fail
     */
    public static TaskState answered(TaskState state, RepairAnswer answer, int most) {
        RepairState repair = state.bookkeeping().repair();
        boolean isOfThisEpoch = answer.isUnnamed() || state.epoch().number() == answer.epoch();
        if (!isOfThisEpoch || !repair.isAnsweredBy(answer)) {
            return state;
        }
        boolean enough = answer.result() == Result.FAILED && repair.attempt() >= most;
        TaskState noted =
                state.with(state.bookkeeping().with(repair.ended(enough ? Result.GIVEN_UP : answer.result())));
        TaskStatus stands = state.current().status();
        boolean agrees = state.diverges()
                && state.lastReported().observation().sequence() == answer.lastReportedSequence()
                && answer.observed().filter(stands::equals).isPresent();
        return agrees ? noted.with(state.lastReported().answered(stands)) : noted;
    }
}

package dev.ratchet.task;

import dev.ratchet.task.RepairState.Result;

/** Records repairs and time limits in a task's state. Changes neither the current status nor what is published. */
public final class RepairProgress {
    /** If the source loses the end after each of so many repairs, it will always do so, and a person is needed. */
    private static final int REPAIRS_PER_EPOCH = 4;

    private RepairProgress() {}

    /** No event arrived within the time limit. The next event ends this. */
    public static TaskState markStuck(TaskState state) {
        return state.with(state.bookkeeping().withStuck(true));
    }

    /**
     * Discards the results of earlier repairs, except their number: a divergence has begun, or there is a new output to
     * repair it with.
     */
    public static TaskState resetAttempts(TaskState state) {
        RepairState repair = state.bookkeeping().repair();
        return repair.result() == Result.NONE || repair.result() == Result.EXHAUSTED
                ? state
                : state.with(state.bookkeeping().with(repair.resetAttempts()));
    }

    /**
     * A repair of the divergence is due. Records the next command as issued. Records the repair as failed if the last
     * attempt got no result in time, or the epoch has had all its repairs.
     *
     * @param maxAttempts how often a repair may fail
     * @param isApplied whether repairs are written to Conductor; only then they count towards the limit of the epoch
     */
    public static TaskState issueNext(TaskState state, int maxAttempts, boolean isApplied) {
        RepairState repair = state.bookkeeping().repair();
        if (repair.isPending() && repair.attempt() >= maxAttempts) {
            return state.with(state.bookkeeping().with(repair.withResult(Result.GIVEN_UP)));
        }
        if (isApplied && repair.issued() >= REPAIRS_PER_EPOCH * maxAttempts) {
            return state.with(state.bookkeeping().with(repair.withResult(Result.EXHAUSTED)));
        }
        return state.with(state.bookkeeping()
                .with(repair.issueNext(state.lastReported().observation().sequence(), isApplied)));
    }

    /** A person requests another repair, whatever the number of attempts. */
    public static TaskState restart(TaskState state) {
        return state.diverges() ? state.with(state.bookkeeping().with(RepairState.NONE)) : state;
    }

    /**
     * Records the result of a command. If Conductor held the current status when it was last asked, and no event has
     * arrived since, Conductor and Ratchet agree again. A result that no command waits for, such as a duplicate,
     * changes nothing.
     *
     * @param maxAttempts how often a repair may fail
     */
    public static TaskState recordResult(TaskState state, RepairAnswer answer, int maxAttempts) {
        RepairState repair = state.bookkeeping().repair();
        boolean isOfThisEpoch = answer.hasNoCommand() || state.epoch().number() == answer.epoch();
        if (!isOfThisEpoch || !repair.isResolvedBy(answer)) {
            return state;
        }
        boolean isLastAttempt = answer.result() == Result.FAILED && repair.attempt() >= maxAttempts;
        TaskState recorded = state.with(
                state.bookkeeping().with(repair.withResult(isLastAttempt ? Result.GIVEN_UP : answer.result())));
        TaskStatus current = state.current().status();
        boolean isConsistent = state.diverges()
                && state.lastReported().observation().sequence() == answer.lastReportedSequence()
                && answer.observed().filter(current::equals).isPresent();
        return isConsistent ? recorded.with(state.lastReported().withAnswer(current)) : recorded;
    }
}

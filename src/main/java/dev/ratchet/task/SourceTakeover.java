package dev.ratchet.task;

/**
 * Change data capture takes over the tasks that another source reported first: it is complete, and only configured where it
 * owns all tasks. Log positions do not compare with the sequences of the other source, so what was reported by that comes
 * before everything in the log.
 */
final class SourceTakeover {
    /** 2100, ms: a time that is later is in another unit, such as microseconds, and says nothing. */
    private static final long LATEST = 4_102_444_800_000L;

    private SourceTakeover() {}

    /** Whether what this source reports takes the task over. */
    static boolean isFrom(EventSource source, TaskState state) {
        return source == EventSource.CDC
                && (state.source() == EventSource.WEBHOOK || state.source() == EventSource.NATIVE);
    }

    static Outcome next(TaskState state, StatusEvent event) {
        long reportedAt = state.lastReported().observation().occurredAt();
        if (isBefore(reportedAt, state, event)) {
            return ignored(state, event, "the last report of " + state.source(), reportedAt);
        }
        TaskState taken = state.takenOverBy(event);
        return isReopenedUnseen(taken, event)
                ? StatusReducer.startEpoch(taken, event, EpochDecision.REOPENED)
                : StatusReducer.ofTheSource(taken, event);
    }

    /**
     * The other source need not have told that the task was reopened: the webhook never does. So what the log holds may be of
     * another run than the end that was reported last.
     */
    private static boolean isReopenedUnseen(TaskState taken, StatusEvent event) {
        return EpochRule.decide(taken, event) == EpochDecision.SAME
                && taken.epoch().terminalReports().stream().anyMatch(end -> end.isFollowedBy(event));
    }

    /**
     * Whether a change from the log is older than what is held, where positions do not tell. Such a one says nothing new, and
     * would look like a lost update. Times decide, by clocks that may differ: so an end always counts while no end stands.
     *
     * @param heldSince when what is held was written, ms
     */
    static boolean isBefore(long heldSince, TaskState state, StatusEvent change) {
        boolean isNewEnd =
                change.status().isTerminal() && !state.current().status().isTerminal();
        return change.occurredAt() < heldSince && heldSince < LATEST && !isNewEnd;
    }

    static Outcome ignored(TaskState state, StatusEvent change, String what, long heldSince) {
        return new Outcome.Ignored(
                state,
                "Expected a change no older than " + what + ", from " + heldSince + " ms, but got one of "
                        + change.occurredAt() + " ms");
    }
}

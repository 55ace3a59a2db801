package dev.ratchet.task;

/**
 * Change data capture takes over the tasks that another source reported first: it is complete, and is configured only
 * where it owns all tasks. Log positions cannot be compared with the sequences of the other source, so its reports come
 * before everything in the log.
 */
final class SourceTakeover {
    /** 2100, ms. A later time is in another unit, such as microseconds, and is not compared. */
    private static final long LATEST_PLAUSIBLE_TIME = 4_102_444_800_000L;

    private SourceTakeover() {}

    /** Whether an event of this source takes the task over. */
    static boolean isTakeover(EventSource source, TaskState state) {
        return source == EventSource.CDC
                && (state.source() == EventSource.WEBHOOK || state.source() == EventSource.NATIVE);
    }

    static Outcome reduce(TaskState state, StatusEvent event) {
        long reportedAt = state.lastReported().observation().occurredAt();
        if (isOlderThan(reportedAt, state, event)) {
            return ignore(state, event, "the last report of " + state.source(), reportedAt);
        }
        TaskState taken = state.transferTo(event);
        return hasMissedReopening(taken, event)
                ? StatusReducer.startEpoch(taken, event, EpochDecision.REOPENED)
                : StatusReducer.reduceInSourceOrder(taken, event);
    }

    /**
     * The other source may not have reported that the task was reopened: the webhook never does. So the log may hold
     * another run than the end that was reported last.
     */
    private static boolean hasMissedReopening(TaskState taken, StatusEvent event) {
        return EpochRule.decide(taken, event) == EpochDecision.SAME
                && taken.epoch().terminalReports().stream().anyMatch(end -> end.isFollowedBy(event));
    }

    /**
     * Whether a change from the log is older than the last report, where positions cannot be compared. Such a change
     * has no news and would look like a lost update. Times decide. The clocks may differ, so an end always counts if
     * the current status is not terminal.
     *
     * @param referenceTime when the last report was written, ms
     */
    static boolean isOlderThan(long referenceTime, TaskState state, StatusEvent change) {
        boolean isNewEnd =
                change.status().isTerminal() && !state.current().status().isTerminal();
        return change.occurredAt() < referenceTime && referenceTime < LATEST_PLAUSIBLE_TIME && !isNewEnd;
    }

    static Outcome ignore(TaskState state, StatusEvent change, String reference, long referenceTime) {
        return new Outcome.Ignored(
                state,
                "Expected a change no older than " + reference + ", from " + referenceTime + " ms, but got one of "
                        + change.occurredAt() + " ms");
    }
}

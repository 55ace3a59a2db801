package dev.ratchet.task;

/**
 * The highest values that the records of one epoch have shown. A record with a higher value is not a copy of one of
 * them. These are maxima, so that neither the order nor the number of deliveries matters.
 *
 * @param polls the highest pollCount, {@link EpochKey#NO_COUNT} if unknown
 * @param started the latest startTime, ms, 0 if unknown
 * @param ended the latest endTime of a terminal record, ms, 0 if none
 * @param carried the latest endTime that a non-terminal record carried, ms, 0 if none: the end that this epoch, or an
 *     earlier one with the same key, reopened
 * @param rerun the latest of these that a SCHEDULED record carried: the first record of a rerun, which still has the
 *     key of the epoch that it ends
 */
public record EpochHighWaterMarks(int polls, long started, long ended, long carried, long rerun) {
    static final EpochHighWaterMarks NONE = new EpochHighWaterMarks(EpochKey.NO_COUNT, 0, 0, 0, 0);

    /** Adds one record; this object if no value is higher. */
    EpochHighWaterMarks with(TaskStatus status, EpochEvidence evidence) {
        boolean isTerminal = status.isTerminal();
        int morePolls = Math.max(polls, evidence.pollCount());
        long lastStarted = Math.max(started, evidence.startTime());
        long lastEnded = isTerminal ? Math.max(ended, evidence.endTime()) : ended;
        long lastCarried = isTerminal ? carried : Math.max(carried, evidence.endTime());
        long lastRerun = status == TaskStatus.SCHEDULED ? Math.max(rerun, evidence.endTime()) : rerun;
        boolean isNoMore = morePolls == polls
                && lastStarted == started
                && lastEnded == ended
                && lastCarried == carried
                && lastRerun == rerun;
        return isNoMore ? this : new EpochHighWaterMarks(morePolls, lastStarted, lastEnded, lastCarried, lastRerun);
    }
}

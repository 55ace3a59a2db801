package dev.ratchet.task;

/**
 * How far the records of one life reach: the most that any of them has shown. Whoever shows more has not copied it from
 * one of them. Maxima, so that neither the order nor the number of deliveries matters.
 *
 * @param polls the highest pollCount, {@link EpochKey#NO_COUNT} if none was told
 * @param started the latest startTime, ms, 0 if none was told
 * @param ended the latest endTime of an end, ms, 0 if there was none
 * @param carried the latest endTime that a record which had not ended carried, ms, 0 if there was none: the end that this
 *     life, or one of the same key before it, took back
 * @param rerun the latest of these that a SCHEDULED record carried: a rerun's first record, which still goes by the key
 *     of the life that it ends
 */
public record EpochHighWaterMarks(int polls, long started, long ended, long carried, long rerun) {
    static final EpochHighWaterMarks NONE = new EpochHighWaterMarks(EpochKey.NO_COUNT, 0, 0, 0, 0);

    /** With one more record; this very object if it shows nothing more. */
    EpochHighWaterMarks with(TaskStatus status, EpochEvidence shown) {
        boolean end = status.isTerminal();
        int morePolls = Math.max(polls, shown.pollCount());
        long lastStarted = Math.max(started, shown.startTime());
        long lastEnded = end ? Math.max(ended, shown.endTime()) : ended;
        long lastCarried = end ? carried : Math.max(carried, shown.endTime());
        long lastRerun = status == TaskStatus.SCHEDULED ? Math.max(rerun, shown.endTime()) : rerun;
        boolean isNoMore = morePolls == polls
                && lastStarted == started
                && lastEnded == ended
                && lastCarried == carried
                && lastRerun == rerun;
        return isNoMore ? this : new EpochHighWaterMarks(morePolls, lastStarted, lastEnded, lastCarried, lastRerun);
    }
}

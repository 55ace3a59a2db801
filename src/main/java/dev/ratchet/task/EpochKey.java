package dev.ratchet.task;

/**
 * The values in Conductor's records that differ between the epochs of a task. Either part may be unknown; unknown parts
 * are not compared.
 *
 * @param scheduledTime when the task was put into its queue, ms; {@link #NO_TIME} where unknown (a retried task's
 *     first record carries 0)
 * @param retryCount counts in-place retries (JOIN, DO_WHILE, cancelled siblings); {@link #NO_COUNT} where unknown
 */
public record EpochKey(long scheduledTime, int retryCount) {
    public static final long NO_TIME = 0;
    public static final int NO_COUNT = -1;
    public static final EpochKey UNKNOWN = new EpochKey(NO_TIME, NO_COUNT);

    boolean isBefore(EpochKey other) {
        return other.isAfter(this);
    }

    boolean isAfter(EpochKey other) {
        boolean scheduledLater = other.scheduledTime != NO_TIME && scheduledTime > other.scheduledTime;
        boolean retriedMore = other.retryCount != NO_COUNT && retryCount > other.retryCount;
        return scheduledLater || retriedMore;
    }

    /** This key, with unknown parts taken from an earlier key of the same epoch. */
    EpochKey withMissingFrom(EpochKey earlier) {
        if (scheduledTime != NO_TIME && retryCount != NO_COUNT) {
            return equals(earlier) ? earlier : this;
        }
        return new EpochKey(
                scheduledTime == NO_TIME ? earlier.scheduledTime : scheduledTime,
                retryCount == NO_COUNT ? earlier.retryCount : retryCount);
    }
}

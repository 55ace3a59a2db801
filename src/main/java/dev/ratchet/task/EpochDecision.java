package dev.ratchet.task;

/**
 * How an event relates to the current epoch of its task: it starts a new one, belongs to the current one, or belongs to an
 * earlier one. The first eight are also stored with an epoch as the reason why it began, by their place.
 */
public enum EpochDecision {
    /** The first event of the task. */
    FIRST,
    /** The producer states a higher epoch. */
    STATED,
    /** A later scheduledTime or a higher retryCount: rerun, retry in place, cancelled sibling. */
    KEY,
    /** A non-terminal record that carries the end it reopens. */
    REOPENED,
    /** A rerun put a sibling task back into its queue, without its end. */
    SIBLING,
    /** A fresh start with an earlier scheduledTime than the epoch before: another server's clock. */
    CLOCK_SKEW,
    /** A rerun: its first record carried the end it reopens, its second brought the new key. */
    RERUN,
    /** Conductor continues from a copy of an earlier epoch, which had overwritten the current one. */
    RESUMED,
    /** An earlier epoch: the event is stale. */
    OLDER,
    SAME,
    /** The current epoch. This is its second record, and the epoch takes over the record's key. */
    JOINS;

    /** Whether an epoch can have begun by this. */
    boolean startsEpoch() {
        return compareTo(RESUMED) <= 0;
    }
}

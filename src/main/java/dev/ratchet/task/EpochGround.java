package dev.ratchet.task;

/** Why an epoch began. */
public enum EpochGround {
    /** The first event of the task. */
    FIRST,
    /** The producer said so. */
    STATED,
    /** A later scheduledTime or a higher retryCount: rerun, in-place retry, cancelled sibling. */
    KEY,
    /** A non-terminal record that carries the end it reopens. */
    REOPENED,
    /** A sibling task put back into its queue by a rerun, without its end. */
    SIBLING,
    /** A fresh start with an earlier scheduledTime than the life before: another server's clock. */
    CLOCK_SKEW,
    /** A rerun: its first record carried the end it reopens, its second brought the new key. */
    RERUN,
    /** Conductor goes on from an earlier life's copy, which had overwritten the life that stood. */
    RESUMED
}

package dev.ratchet.task;

/** Which epoch an event belongs to, seen from the one that stands. */
enum EpochVerdict {
    /** An earlier life of the task: the event is stale. */
    OLDER,
    /** The life that stands. */
    SAME,
    /** The life that stands, whose second record this is: from here on it goes by this record's key. */
    JOINS,
    STATED,
    KEY,
    REOPENED,
    SIBLING,
    CLOCK_SKEW,
    RESUMED;

    /** Why a new epoch begins. */
    EpochGround ground() {
        return switch (this) {
            case STATED -> EpochGround.STATED;
            case KEY -> EpochGround.KEY;
            case REOPENED -> EpochGround.REOPENED;
            case SIBLING -> EpochGround.SIBLING;
            case CLOCK_SKEW -> EpochGround.CLOCK_SKEW;
            case RESUMED -> EpochGround.RESUMED;
            case OLDER, SAME, JOINS -> throw new IllegalStateException("Expected a newer epoch, but got " + this);
        };
    }
}

package dev.ratchet.task;

/**
 * Conductor's task statuses. The order is the phase that breaks ties between equal sequence numbers: what has not
 * started, what runs, what has ended.
 */
public enum TaskStatus {
    SCHEDULED,
    IN_PROGRESS,
    COMPLETED,
    COMPLETED_WITH_ERRORS,
    FAILED,
    FAILED_WITH_TERMINAL_ERROR,
    TIMED_OUT,
    CANCELED,
    SKIPPED;

    /** Whether Conductor will not touch a task of this status again of its own accord. */
    public boolean isTerminal() {
        return compareTo(IN_PROGRESS) > 0;
    }

    /** Whether this is an end that a retry or a rerun may take back. */
    public boolean isUnsuccessful() {
        return switch (this) {
            case FAILED, FAILED_WITH_TERMINAL_ERROR, TIMED_OUT, CANCELED -> true;
            case SCHEDULED, IN_PROGRESS, COMPLETED, COMPLETED_WITH_ERRORS, SKIPPED -> false;
        };
    }

    /** How far along this status is: its place in the enum, which breaks ties. */
    @SuppressWarnings("EnumOrdinal") // the order is the meaning
    int phase() {
        return ordinal();
    }

    /** This status as one bit of a set. */
    int bit() {
        return 1 << phase();
    }
}

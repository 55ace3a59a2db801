package dev.ratchet.task;

/**
 * Conductor's task statuses. The order is the phase that breaks ties between equal sequence numbers: not started,
 * running, ended.
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

    /** Whether Conductor does not change a task with this status on its own. */
    public boolean isTerminal() {
        return compareTo(IN_PROGRESS) > 0;
    }

    /** Whether a retry or a rerun may reopen this end. */
    public boolean isUnsuccessful() {
        return switch (this) {
            case FAILED, FAILED_WITH_TERMINAL_ERROR, TIMED_OUT, CANCELED -> true;
            case SCHEDULED, IN_PROGRESS, COMPLETED, COMPLETED_WITH_ERRORS, SKIPPED -> false;
        };
    }

    /** How far this status has progressed: its place in the enum, which breaks ties. */
    @SuppressWarnings("EnumOrdinal") // the order is the meaning
    int phase() {
        return ordinal();
    }

    /** This status as one bit of a set. */
    public int bit() {
        return 1 << phase();
    }
}

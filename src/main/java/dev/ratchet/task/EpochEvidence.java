package dev.ratchet.task;

/**
 * What a record shows about its epoch, beyond the status. Times in ms, 0 for none or unknown; counts −1 for
 * unknown. CONDUCTOR.md §2 says which of Conductor's writers set what.
 *
 * @param key the key of the epoch
 * @param startTime when the task was started
 * @param endTime when it ended; a stale copy carries 0, a deliberate reopening the end it reopens
 * @param pollCount polls, or ticks of a system task
 * @param executed whether Conductor had processed the task's end
 * @param subworkflowChanged whether a SUB_WORKFLOW task was put back because its child was
 * @param responseTimeoutSeconds time limit between two updates by the worker, 0 for no limit
 * @param callbackAfterSeconds how long the worker asked Conductor to wait
 */
public record EpochEvidence(
        EpochKey key,
        long startTime,
        long endTime,
        int pollCount,
        Flag executed,
        Flag subworkflowChanged,
        long responseTimeoutSeconds,
        long callbackAfterSeconds) {

    /** No evidence: the event belongs to the current epoch. */
    public static final EpochEvidence NONE =
            new EpochEvidence(EpochKey.UNKNOWN, 0, 0, EpochKey.NO_COUNT, Flag.UNKNOWN, Flag.UNKNOWN, 0, 0);

    /** A yes or no that not every source reports. */
    public enum Flag {
        UNKNOWN,
        NO,
        YES;

        public static Flag of(boolean value) {
            return value ? YES : NO;
        }
    }
}

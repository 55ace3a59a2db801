package dev.ratchet.task;

/**
 * What a record tells about the life it belongs to, beyond its status. Times in ms, 0 for none or unknown; counts −1 for
 * unknown. CONDUCTOR.md §2 says which of Conductor's writers set what.
 *
 * @param key which life of the task the record speaks of
 * @param startTime when the task was started
 * @param endTime when it ended; a stale copy carries 0, a deliberate reopening the end it reopens
 * @param pollCount polls, or ticks of a system task
 * @param executed whether Conductor had acted on the task's end
 * @param subworkflowChanged whether a SUB_WORKFLOW task was put back because its child was
 * @param responseTimeoutSeconds how long the worker may be silent, 0 for no limit
 * @param callbackAfterSeconds how long the task asked to be left alone
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

    /** A record that tells nothing: its event belongs to the epoch that stands. */
    public static final EpochEvidence NONE =
            new EpochEvidence(EpochKey.UNKNOWN, 0, 0, EpochKey.NO_COUNT, Flag.UNKNOWN, Flag.UNKNOWN, 0, 0);

    /** A yes or no that not every source tells. */
    public enum Flag {
        UNKNOWN,
        NO,
        YES;

        public static Flag of(boolean value) {
            return value ? YES : NO;
        }
    }
}

package dev.ratchet.task;

/**
 * One end of a task that was heard: what a later record must match to be a deliberate reopening of it.
 *
 * @param status how it ended
 * @param endTime when, ms, 0 if the record did not say
 * @param startTime when that run had started, ms, 0 if unknown
 * @param pollCount polls until then, {@link LifeKey#NO_COUNT} if unknown
 * @param sequence the first point at which this end was reported
 */
public record Ending(TaskStatus status, long endTime, long startTime, int pollCount, long sequence) {

    static Ending of(StatusEvent event) {
        Evidence evidence = event.evidence();
        return new Ending(
                event.status(), evidence.endTime(), evidence.startTime(), evidence.pollCount(), event.sequence());
    }

    boolean isSameEndAs(Ending other) {
        return status == other.status
                && endTime == other.endTime
                && startTime == other.startTime
                && pollCount == other.pollCount;
    }
}

package dev.ratchet.task;

import static dev.ratchet.task.EpochVerdict.REOPENED;
import static dev.ratchet.task.EpochVerdict.SAME;
import static dev.ratchet.task.EpochVerdict.SIBLING;

import dev.ratchet.task.Evidence.Flag;

/** Whether a record that has not ended, and goes by the key of the life that stands, takes an end of it back. */
final class Reopening {
    private Reopening() {}

    static EpochVerdict verdict(TaskState state, StatusEvent event) {
        Heard held = state.heard();
        boolean later = event.mark().isLaterThan(held.mark());
        boolean over = later
                && held.mark().status().isTerminal()
                && state.epoch().closed(held.evidence().key()).isEmpty();
        for (Ending end : state.epoch().endings()) {
            if (end.sequence() < event.sequence()
                    && end.isCarriedBy(event)
                    && (isNews(end, state.epoch(), event)
                            || (later && held.isOpenedForItsChildBy(event))
                            || (over && !isTicked(end, state.epoch(), event)))) {
                return REOPENED;
            }
        }
        if (over && held.isOpenedForItsChildBy(event)) {
            return REOPENED;
        }
        return over && isPutBack(held, state.epoch(), event) ? SIBLING : SAME;
    }

    /** A life that was reopened in place keeps the end it took back, and in a log every copy of it shows that end. */
    private static boolean isNews(Ending end, Epoch epoch, StatusEvent event) {
        return end.endTime() > epoch.reach().carried() || event.source() != Source.CDC;
    }

    /** Two ticks that overlap write the same count; a rerun writes SCHEDULED. */
    private static boolean isTicked(Ending end, Epoch epoch, StatusEvent event) {
        return event.status() == TaskStatus.IN_PROGRESS && end.pollCount() > epoch.polls();
    }

    /** From the end that the source holds, or, once that has been acted on, from any. */
    private static boolean isPutBack(Heard held, Epoch epoch, StatusEvent event) {
        return Ending.of(held.mark(), held.evidence()).isPutBackBy(event, epoch.reach())
                || (held.evidence().executed() == Flag.YES
                        && epoch.endings().stream().anyMatch(end -> end.isPutBackBy(event, epoch.reach())));
    }
}

package dev.ratchet.task;

/**
 * The life of a task that stands.
 *
 * @param epoch which life, and how to tell it from others
 * @param history what was heard in it
 * @param current the mark at which the standing status took over: the fold of the marks
 */
public record EpochState(Epoch epoch, StatusHistory history, Observation current) {

    static EpochState beginning(Epoch epoch, StatusEvent event) {
        return new EpochState(epoch, StatusHistory.NONE.with(event.observation()), event.observation());
    }

    /** This life with one more record; this very object if that adds nothing. */
    EpochState withEvent(StatusEvent event, Epoch in, TransitionTable table) {
        Epoch known = in.withEvent(event);
        StatusHistory more = history.with(event.observation());
        if (known == epoch && more == history) {
            return this;
        }
        Observation stands = more == history ? current : more.current(table);
        return new EpochState(known, more, stands.equals(current) ? current : stands);
    }

    /** This life, after a record of an earlier one; this very object if that adds nothing. */
    EpochState withOldEvent(StatusEvent event) {
        Epoch known = epoch.withOldEvent(event);
        return known == epoch ? this : new EpochState(known, history, current);
    }

    /** This life, before everything in the order of another source: of its history only what stands has a meaning there. */
    EpochState atBeginning() {
        Observation stands = current.at(0);
        return new EpochState(epoch.atBeginning(), StatusHistory.NONE.with(stands), stands);
    }
}

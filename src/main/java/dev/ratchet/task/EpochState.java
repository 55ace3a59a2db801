package dev.ratchet.task;

/**
 * The life of a task that stands.
 *
 * @param epoch which life, and how to tell it from others
 * @param marks what was heard in it
 * @param standing the mark at which the standing status took over: the fold of the marks
 */
public record EpochState(Epoch epoch, StatusHistory marks, Observation standing) {

    static EpochState beginning(Epoch epoch, StatusEvent event) {
        return new EpochState(epoch, StatusHistory.NONE.with(event.mark()), event.mark());
    }

    /** This life with one more record; this very object if that adds nothing. */
    EpochState hear(StatusEvent event, Epoch in, TransitionTable table) {
        Epoch known = in.heard(event);
        StatusHistory more = marks.with(event.mark());
        if (known == epoch && more == marks) {
            return this;
        }
        Observation stands = more == marks ? standing : more.standing(table);
        return new EpochState(known, more, stands.equals(standing) ? standing : stands);
    }

    /** This life, after a record of an earlier one; this very object if that adds nothing. */
    EpochState hearOld(StatusEvent event) {
        Epoch known = epoch.heardOld(event);
        return known == epoch ? this : new EpochState(known, marks, standing);
    }

    /** This life, before everything in the order of another source: of its history only what stands has a meaning there. */
    EpochState atBeginning() {
        Observation stands = standing.at(0);
        return new EpochState(epoch.atBeginning(), StatusHistory.NONE.with(stands), stands);
    }
}

package dev.ratchet.task;

/**
 * The life of a task that stands.
 *
 * @param epoch which life, and how to tell it from others
 * @param marks what was heard in it
 * @param standing the mark at which the standing status took over: the fold of the marks
 */
public record Life(Epoch epoch, Marks marks, Mark standing) {

    static Life beginning(Epoch epoch, StatusEvent event) {
        return new Life(epoch, Marks.NONE.with(event.mark()), event.mark());
    }

    /** This life with one more record; this very object if that adds nothing. */
    Life hear(StatusEvent event, Epoch in, TransitionTable table) {
        Epoch known = in.heard(event);
        Marks more = marks.with(event.mark());
        if (known == epoch && more == marks) {
            return this;
        }
        Mark stands = more == marks ? standing : more.standing(table);
        return new Life(known, more, stands.equals(standing) ? standing : stands);
    }

    /** This life, after a record of an earlier one; this very object if that adds nothing. */
    Life hearOld(StatusEvent event) {
        Epoch known = epoch.heardOld(event);
        return known == epoch ? this : new Life(known, marks, standing);
    }

    /** This life, before everything in the order of another source: of its history only what stands has a meaning there. */
    Life atBeginning() {
        Mark stands = standing.at(0);
        return new Life(epoch.atBeginning(), Marks.NONE.with(stands), stands);
    }
}

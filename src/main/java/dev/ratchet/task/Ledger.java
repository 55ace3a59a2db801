package dev.ratchet.task;

import java.util.ArrayList;
import java.util.List;

/**
 * What is kept of a task for those who look after it; nothing here decides what stands.
 *
 * @param lostUpdates how many lost updates were refused, in all lives
 * @param repair how far the repair of its divergence has come
 * @param timeline its last outcomes that changed anything, oldest first, at most {@link Happening#REMEMBERED}
 * @param stuck whether nothing was heard of it for longer than it may be silent
 */
public record Ledger(int lostUpdates, Repair repair, List<Happening> timeline, boolean stuck) {
    static final Ledger EMPTY = new Ledger(0, Repair.NONE, List.of(), false);

    public Ledger {
        timeline = List.copyOf(timeline);
    }

    Ledger with(OutcomeKind kind, Mark mark, boolean lostUpdate) {
        List<Happening> longer = new ArrayList<>(timeline);
        longer.add(new Happening(kind, mark));
        List<Happening> kept = longer.size() > Happening.REMEMBERED ? longer.subList(1, longer.size()) : longer;
        return new Ledger(lostUpdate ? lostUpdates + 1 : lostUpdates, repair, kept, stuck);
    }

    Ledger with(Repair next) {
        return next.equals(repair) ? this : new Ledger(lostUpdates, next, timeline, stuck);
    }

    Ledger stuck(boolean now) {
        return now == stuck ? this : new Ledger(lostUpdates, repair, timeline, now);
    }
}

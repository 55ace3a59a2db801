package dev.ratchet.task.sim;

import dev.ratchet.task.sim.Rule.Taken;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often one rule errs on histories whose truth is known: over all records, and up to the first error of each history,
 * since a rule that has gone astray answers another question from there on.
 *
 * <p>A rerun writes twice and is one reopening: a rule that opens the new life at the second record is late, and has not
 * missed it. Nor is it an error to open, later on, the life that is lived, having missed its beginning.
 */
final class Confusion {
    /** One way of counting. */
    static final class Counts {
        int reopenings;
        int missed;
        int late;
        int undone;
        int taken;
    }

    final Counts all = new Counts();
    final Counts first = new Counts();
    /** Who wrote the first reopening of a history that was missed. */
    final Map<Writer, Integer> missedFirst = new TreeMap<>();

    /** Whether a reopening was missed, and the life that is lived has not been found since. */
    private boolean behind;

    /** Whether that was the record before, so that nothing has come of it yet. */
    private boolean justMissed;

    private boolean erred;

    Counts first() {
        return first;
    }

    Counts all() {
        return all;
    }

    void add(List<Entry> history, Rule rule) {
        behind = false;
        justMissed = false;
        erred = false;
        for (Entry entry : history) {
            boolean newer = rule.hear(entry.event()) == Taken.NEWER;
            if (entry.truth().opens()) {
                reopening(entry.writer(), newer);
            } else {
                other(entry, newer);
            }
        }
    }

    private void reopening(Writer writer, boolean found) {
        all.reopenings++;
        all.missed += found ? 0 : 1;
        behind = !found;
        justMissed = !found && !erred;
        if (!erred) {
            first.reopenings++;
            first.missed += found ? 0 : 1;
            erred = !found;
        }
        if (justMissed) {
            missedFirst.merge(writer, 1, Integer::sum);
        }
    }

    private void other(Entry entry, boolean newer) {
        if (newer && behind && entry.writer() == Writer.RERUN_RESET && entry.truth() == Truth.LIVED) {
            foundLate();
        }
        boolean catchesUp = behind && (entry.truth() == Truth.LIVED || entry.truth() == Truth.LOST);
        count(all, entry.truth(), newer && !catchesUp);
        if (!erred) {
            count(first, entry.truth(), newer && !catchesUp);
            erred = newer && !catchesUp;
        }
        behind &= !newer;
        justMissed = false;
    }

    private void foundLate() {
        all.missed--;
        all.late++;
        if (justMissed) {
            first.missed--;
            first.late++;
            missedFirst.merge(Writer.RERUN, -1, Integer::sum);
            erred = false;
        }
    }

    private static void count(Counts counts, Truth truth, boolean taken) {
        counts.undone += truth.isUndone() ? 1 : 0;
        counts.taken += truth.isUndone() && taken ? 1 : 0;
    }
}

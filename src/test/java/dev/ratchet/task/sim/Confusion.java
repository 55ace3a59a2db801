package dev.ratchet.task.sim;

import dev.ratchet.task.sim.Rule.Taken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the errors of one rule on histories with known truth: over all records; up to the first error of each history, since
 * a rule is in another state after an error; and up to the first error or the first record with the key of a closed epoch,
 * whichever comes first, since after such a record the current epoch is ambiguous.
 *
 * <p>A rerun and a counted retry in place write twice and are one reopening: a rule that opens the new epoch at the second
 * record is late, but has not missed it. Opening the current epoch later, after its start was missed, is no error either.
 */
final class Confusion {
    /** One way of counting. */
    static final class Counts {
        int reopenings;
        int missed;
        int late;
        int undone;
        int taken;

        private void reopening(boolean found) {
            reopenings++;
            missed += found ? 0 : 1;
        }

        private void foundLate() {
            missed--;
            late++;
        }

        private void other(Truth truth, boolean taken) {
            undone += truth.isUndone() ? 1 : 0;
            this.taken += truth.isUndone() && taken ? 1 : 0;
        }
    }

    final Counts all = new Counts();
    final Counts first = new Counts();
    final Counts open = new Counts();
    /** Who wrote the first reopening of a history that was missed. */
    final Map<Writer, Integer> missedFirst = new HashMap<>();

    /** Whether a reopening was missed and the current epoch has not been detected since. */
    private boolean behind;

    /** Who wrote that, if it was the record before and a history's first error, so that nothing has come of it yet. */
    private Optional<Writer> justMissed = Optional.empty();

    private boolean erred;

    /** Whether no record had the key of a closed epoch yet. */
    private boolean isOpen;

    Counts first() {
        return first;
    }

    Counts all() {
        return all;
    }

    /** Up to the first error or the first record of a closed epoch. */
    Counts open() {
        return open;
    }

    void add(List<Entry> history, Rule rule) {
        behind = false;
        justMissed = Optional.empty();
        erred = false;
        isOpen = true;
        ClosedEpochs closed = new ClosedEpochs(history.get(0));
        for (Entry entry : history) {
            boolean newer = rule.withEvent(entry.event()) == Taken.NEWER;
            isOpen &= !closed.has(entry);
            if (entry.truth().opens()) {
                reopening(entry.writer(), newer);
            } else {
                other(entry, newer);
            }
        }
    }

    private void reopening(Writer writer, boolean found) {
        all.reopening(found);
        behind = !found;
        justMissed = found || erred ? Optional.empty() : Optional.of(writer);
        if (!erred) {
            first.reopening(found);
            if (isOpen) {
                open.reopening(found);
            }
            erred = !found;
        }
        justMissed.ifPresent(missed -> missedFirst.merge(missed, 1, Integer::sum));
    }

    private void other(Entry entry, boolean newer) {
        if (newer && behind && entry.writer().kind() == Write.Kind.SECOND && entry.truth() == Truth.CURRENT) {
            foundLate();
        }
        boolean catchesUp = behind && (entry.truth() == Truth.CURRENT || entry.truth() == Truth.LOST);
        all.other(entry.truth(), newer && !catchesUp);
        if (!erred) {
            first.other(entry.truth(), newer && !catchesUp);
            if (isOpen) {
                open.other(entry.truth(), newer && !catchesUp);
            }
            erred = newer && !catchesUp;
        }
        behind &= !newer;
        justMissed = Optional.empty();
    }

    private void foundLate() {
        all.foundLate();
        if (justMissed.isPresent()) {
            first.foundLate();
            if (isOpen) {
                open.foundLate();
            }
            missedFirst.merge(justMissed.get(), -1, Integer::sum);
            erred = false;
        }
    }
}

package dev.ratchet.task.sim;

import dev.ratchet.task.sim.Rule.Taken;
import java.util.List;

/**
 * Compares two rules: which of them errs first, up to the first record of a closed epoch. Counted alone, a rule that runs
 * longer without an error sees more records, and so may err more often.
 */
final class RuleComparison {
    /** First errors of one rule where the other was right. */
    static final class Errors {
        int missed;
        int taken;
    }

    final Errors design = new Errors();
    final Errors ours = new Errors();

    void add(List<Entry> history, Rule first, Rule second) {
        ClosedEpochs closed = new ClosedEpochs(history.get(0));
        for (Entry entry : history) {
            boolean theirs = first.withEvent(entry.event()) == Taken.NEWER;
            boolean mine = second.withEvent(entry.event()) == Taken.NEWER;
            if (closed.has(entry)) {
                return;
            }
            boolean opens = entry.truth().opens();
            if (theirs != mine && (opens || entry.truth().isUndone())) {
                count(theirs == opens ? ours : design, opens);
            }
            if (theirs != opens || mine != opens) {
                return;
            }
        }
    }

    private static void count(Errors errors, boolean opens) {
        errors.missed += opens ? 1 : 0;
        errors.taken += opens ? 0 : 1;
    }
}

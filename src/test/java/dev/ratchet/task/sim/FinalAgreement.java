package dev.ratchet.task.sim;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Whether the rule holds what the row holds once a history has been read to its end, and has alerted nobody on the way:
 * promise 7 of the design, on the histories in which nothing was lost.
 */
final class FinalAgreement {
    private static final Set<Truth> PLAIN = EnumSet.of(Truth.CURRENT, Truth.REOPENS);

    /** Histories of deliberate writes only. */
    int plain;

    /** Of those: the status differs from the row's at the end. */
    int differ;

    /** Of those: an end was said to be lost or contested at some record. */
    int alerted;

    void add(List<Entry> history) {
        if (!isPlain(history)) {
            return;
        }
        plain++;
        CurrentRule rule = new CurrentRule();
        boolean alert = false;
        for (Entry entry : history) {
            rule.withEvent(entry.event());
            alert |= rule.alerts();
        }
        differ += rule.current() == history.get(history.size() - 1).event().status() ? 0 : 1;
        alerted += alert ? 1 : 0;
    }

    /** A rerun that had not read the terminal status overwrites it with its first record, and is detected by its second only. */
    private static boolean isPlain(List<Entry> history) {
        boolean ended = false;
        for (Entry entry : history) {
            boolean isEnd = entry.event().status().isTerminal();
            if (!PLAIN.contains(entry.truth())
                    || (ended && !isEnd && !entry.truth().opens())) {
                return false;
            }
            ended = isEnd;
        }
        return true;
    }
}

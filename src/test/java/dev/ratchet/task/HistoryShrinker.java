package dev.ratchet.task;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shrinks a failing history to the fewest events that still fail. */
final class HistoryShrinker {
    private HistoryShrinker() {}

    /** Runs the check; on failure drops events while it still fails, and reports the remaining ones. */
    static void hold(List<StatusEvent> history, long seed, Consumer<List<StatusEvent>> check) {
        try {
            check.accept(history);
        } catch (AssertionError | RuntimeException first) {
            List<StatusEvent> smallest = history;
            Throwable failure = first;
            for (int drop = 0; drop < smallest.size(); ) {
                List<StatusEvent> shorter = new ArrayList<>(smallest);
                shorter.remove(drop);
                Throwable still = failure(shorter, check);
                if (still == null) {
                    drop++;
                } else {
                    smallest = shorter;
                    failure = still;
                    drop = 0;
                }
            }
            throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
        }
    }

    private static @Nullable Throwable failure(List<StatusEvent> history, Consumer<List<StatusEvent>> check) {
        try {
            if (!history.isEmpty()) {
                check.accept(history);
            }
            return null;
        } catch (AssertionError | RuntimeException failed) {
            return failed;
        }
    }
}

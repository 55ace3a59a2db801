package dev.ratchet.real;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Waits for something of an execution, and not in vain for one that has ended otherwise. */
final class StoryWait {
    private static final Duration TIMEOUT = Duration.ofMinutes(4);

    private final String what;
    private final Supplier<Snapshot> snapshots;
    private final QuietPeriod<List<String>> stillness = new QuietPeriod<>();

    StoryWait(String what, Supplier<Snapshot> snapshots) {
        this.what = what;
        this.snapshots = snapshots;
    }

    /** Conductor ended the workflow though nobody asked for it, and the story cannot go on. */
    static final class CutShortException extends RuntimeException {
        private static final long serialVersionUID = 1;

        CutShortException(String message) {
            super(message);
        }
    }

    void until(Predicate<Snapshot> condition) {
        poll(Duration.ofMillis(200), condition, (fulfilled, atRest) -> fulfilled);
    }

    /** When a workflow has ended, the ends of its tasks may still come: people are slower than that. */
    void untilAtRest(Predicate<Snapshot> condition) {
        poll(Duration.ofSeconds(1), condition, (fulfilled, atRest) -> fulfilled && atRest);
    }

    private interface Goal {
        boolean isReached(boolean fulfilled, boolean atRest);
    }

    private void poll(Duration interval, Predicate<Snapshot> condition, Goal goal) {
        Awaitility.await(what).atMost(TIMEOUT).pollInterval(interval).until(() -> {
            Snapshot now = snapshots.get();
            boolean fulfilled = condition.test(now);
            boolean atRest = stillness.lasts(Batch.ENDED, now.statuses());
            if (!fulfilled && atRest && now.isTerminal()) {
                throw ended(now);
            }
            return goal.isReached(fulfilled, atRest);
        });
    }

    /**
     * A retry of a fork fails at once if Conductor looks at the JOIN before the branch has got its new task: it has put the
     * JOIN into its queue by then.
     */
    private RuntimeException ended(Snapshot now) {
        String message = "Expected %s, but the workflow is %s: %s".formatted(what, now.status(), now.reason());
        return now.isEndedByConductor() ? new CutShortException(message) : new IllegalStateException(message);
    }
}

package dev.ratchet.stream.timer;

import dev.ratchet.stream.progress.SourceActivityTracker;
import dev.ratchet.stream.state.TaskStore;
import dev.ratchet.stream.state.TimerBudget;
import dev.ratchet.stream.state.TimerBudget.Turn;
import dev.ratchet.stream.state.Timers;
import dev.ratchet.stream.state.Timers.Entry;
import dev.ratchet.stream.state.Timers.TimerType;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/**
 * Searches for a live task in one partition. Live tasks have timers, which are among the first to be due. The search
 * continues from tick to tick, within the thread's budget, and starts again when tasks have changed.
 */
public final class LiveTaskSearch {
    private final Timers timers;
    private final TaskStore tasks;
    private final TimerBudget budget;

    private Optional<Bytes> next = Optional.empty();
    private boolean ended = true;
    private long silence = SourceActivityTracker.UNKNOWN;
    private long changes;

    public LiveTaskSearch(Timers timers, TaskStore tasks, TimerBudget budget) {
        this.timers = timers;
        this.tasks = tasks;
        this.budget = budget;
    }

    /**
     * Does the next part of the search.
     *
     * @param of the silence that it is done for; each silence has its own search
     * @return true if a live task was found; false if there is none, or none was found yet
     */
    boolean advance(long of, long now) {
        if (of != silence || (ended && changes != tasks.changes())) {
            silence = of;
            changes = tasks.changes();
            next = Optional.empty();
        } else if (ended) {
            return false;
        }
        try (Turn turn = budget.turn(now)) {
            boolean[] found = new boolean[1];
            next = timers.walk(TimerType.TASK, next, entries -> {
                boolean onProgress = true;
                for (Entry entry : entries) {
                    onProgress = turn.take() && onProgress;
                    TrackedTask tracked = tasks.get(entry.taskId());
                    found[0] = found[0] || (tracked != null && tracked.isLive());
                }
                return onProgress && !found[0];
            });
            ended = next.isEmpty();
            return found[0];
        }
    }
}

package dev.ratchet.stream.timer;

import dev.ratchet.config.RepairSettings.Mode;
import dev.ratchet.stream.state.PartitionValue;
import dev.ratchet.stream.state.TaskIndex;
import dev.ratchet.stream.state.TaskStore;
import dev.ratchet.stream.state.TimerBudget;
import dev.ratchet.stream.state.TimerBudget.Turn;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.task.deadline.LimitChange;
import dev.ratchet.task.deadline.TimeLimits;
import dev.ratchet.task.deadline.TrackedTask;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reschedules the timers of all tasks of one partition after the time limits have changed. A timer is otherwise set
 * only when a record of its task arrives, so changed limits would not reach tasks without events.
 *
 * <p>The store of the timers holds the limits that all of them were last set with. If the current limits differ, every
 * task is checked once, in portions, within the thread's budget. If this is interrupted, it starts again with the next
 * assignment. The same walk builds the {@link TaskIndex}, if the last version that did it kept none.
 */
public final class DeadlineRescheduler {
    private static final Logger LOG = LoggerFactory.getLogger(DeadlineRescheduler.class);

    private static final Bytes SET_BY = PartitionValue.LIMITS.key();

    /** Ends the value of a version that keeps the {@link TaskIndex}: one that does not puts its own value in its place. */
    private static final String WITH_INDEX = " indexed";

    private static final int PORTION = 100;

    private final TimerStore store;
    private final TaskStore tasks;
    private final LimitChange changed;
    private final TimerBudget budget;
    private final byte[] setBy;
    private final boolean builds;

    private boolean done;
    private int moved;
    private @Nullable String last;

    /** @param mode of repairs: with another mode, divergences that were left alone are checked again */
    public DeadlineRescheduler(TimerStore store, TaskStore tasks, TimerBudget budget, TimeLimits limits, Mode mode) {
        this.store = store;
        this.tasks = tasks;
        this.budget = budget;
        this.changed = new LimitChange(limits);
        this.setBy = (limits + " " + mode + WITH_INDEX).getBytes(StandardCharsets.UTF_8); // only compared
        byte[] last = store.get(SET_BY);
        if (last != null && !new String(last, StandardCharsets.UTF_8).endsWith(WITH_INDEX)) {
            tasks.index().invalidate();
        }
        this.builds = !tasks.index().isComplete();
        this.done = !builds && Arrays.equals(last, setBy);
    }

    public void advance(long now) {
        if (done) {
            return;
        }
        try (Turn turn = budget.turn(now)) {
            if (builds && !tasks.index().clear(turn)) {
                return;
            }
            while (!done) {
                List<TrackedTask> portion = tasks.after(last, PORTION);
                for (TrackedTask tracked : portion) {
                    if (!turn.take()) {
                        return;
                    }
                    TrackedTask next = changed.apply(tracked, now);
                    moved += next == tracked ? 0 : 1;
                    tasks.keep(tracked, next);
                    if (builds) {
                        tasks.index().add(next);
                    }
                    last = tracked.task().task().taskId();
                }
                done = portion.size() < PORTION;
            }
        }
        store.put(SET_BY, setBy);
        if (builds) {
            tasks.index().complete();
        }
        if (moved > 0) {
            LOG.info(
                    "Rescheduled the timers of {} tasks of one partition, because the time limits have changed", moved);
        }
    }
}

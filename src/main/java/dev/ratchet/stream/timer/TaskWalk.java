package dev.ratchet.stream.timer;

import dev.ratchet.state.TaskWalkProgress;
import dev.ratchet.state.UnreadableStateException;
import dev.ratchet.stream.state.TaskStore;
import dev.ratchet.stream.state.TimerBudget;
import dev.ratchet.stream.state.TimerBudget.Turn;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Visits all tasks of one partition once, on request, in slices within the thread's budget for timers. The store of the
 * timers holds the request and the last task that is done: after a restart, whoever owns the partition continues there.
 */
final class TaskWalk {
    private static final Logger LOG = LoggerFactory.getLogger(TaskWalk.class);
    private static final int PORTION = 100;

    /** What became of a task. */
    enum Visit {
        ISSUED,
        SKIPPED,
        /** The walk continues with this task at the next slice. */
        LATER
    }

    private final Bytes key;
    private final TimerStore store;
    private final TaskStore tasks;
    private final TimerBudget budget;

    private final Deque<String> next = new ArrayDeque<>();

    private TaskWalkProgress progress;

    /**
     * @param key of the progress in the store: it begins with 0, so it is before those of timers
     * @param command on the command line, that requests it
     */
    TaskWalk(Bytes key, String command, TimerStore store, TaskStore tasks, TimerBudget budget) {
        this.key = key;
        this.store = store;
        this.tasks = tasks;
        this.budget = budget;
        this.progress = stored(command);
    }

    /** A request that a later version noted is not worth a stop of the stream. */
    private TaskWalkProgress stored(String command) {
        byte[] bytes = store.get(key);
        try {
            return bytes == null ? TaskWalkProgress.NONE : TaskWalkProgress.of(bytes);
        } catch (UnreadableStateException e) {
            LOG.warn(
                    "RATCHET-1210 The progress of a request cannot be read, so it ends here. Run 'ratchet {}'"
                            + " again. error={}",
                    command,
                    e.getMessage());
            return TaskWalkProgress.NONE;
        }
    }

    /** Begins, in place of a walk that still runs. {@return false if it is the last request, read again} */
    boolean request(String requestId, boolean endedToo) {
        if (requestId.equals(progress.requestId())) {
            return false;
        }
        next.clear();
        keep(TaskWalkProgress.begin(requestId, endedToo));
        return true;
    }

    TaskWalkProgress progress() {
        return progress;
    }

    /**
     * Visits the next tasks.
     *
     * @param now ms
     * @param visitor gets each task; empty if it was forgotten meanwhile
     * @return whether the walk has just ended
     */
    boolean advance(long now, Function<Optional<TrackedTask>, Visit> visitor) {
        TaskWalkProgress reached = progress;
        try (Turn turn = budget.turn(now)) {
            while (hasNext(reached) && turn.take()) {
                Visit visit = visitor.apply(Optional.ofNullable(tasks.get(next.element())));
                if (visit == Visit.LATER) {
                    break;
                }
                reached = reached.after(next.remove(), visit == Visit.ISSUED);
            }
        }
        if (next.isEmpty()) {
            keep(reached.end());
            return true;
        }
        if (reached != progress) {
            keep(reached);
        }
        return false;
    }

    /** Whether the partition has no task. */
    boolean isWithoutTasks() {
        return tasks.after(null, 1).isEmpty();
    }

    /** Ends it before all tasks are visited. */
    void end() {
        keep(progress.end());
    }

    private boolean hasNext(TaskWalkProgress reached) {
        if (next.isEmpty()) {
            String last = reached.lastTaskId();
            tasks.after(last.isEmpty() ? null : last, PORTION)
                    .forEach(tracked -> next.add(tracked.task().task().taskId()));
        }
        return !next.isEmpty();
    }

    private void keep(TaskWalkProgress reached) {
        progress = reached;
        store.put(key, reached.toBytes());
    }
}

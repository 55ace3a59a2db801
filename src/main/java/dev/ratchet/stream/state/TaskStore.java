package dev.ratchet.stream.state;

import dev.ratchet.stream.state.Timers.Entry;
import dev.ratchet.stream.state.Timers.TimerType;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** The tasks of one partition: their state and their timers. */
public final class TaskStore {
    private final WriteBehindStore<String, TrackedTask> states;
    private final Timers timers;
    private final TaskIndex index;
    private long changes;

    /** @param timerStore that of the timers, which also holds the index of the tasks */
    public TaskStore(WriteBehindStore<String, TrackedTask> states, Timers timers, TimerStore timerStore) {
        this.states = states;
        this.timers = timers;
        this.index = new TaskIndex(timerStore, !after(null, 1).isEmpty());
    }

    public TaskIndex index() {
        return index;
    }

    @Nullable
    public TrackedTask get(String taskId) {
        return states.get(taskId);
    }

    /** The task of a timer entry; null if a later entry has replaced this one. */
    @Nullable
    public TrackedTask of(Entry entry) {
        TrackedTask tracked = states.get(entry.taskId());
        boolean known = tracked != null && entry.due() == due(entry.lane(), tracked);
        return known ? tracked : null;
    }

    /** {@return up to that many tasks that follow this one in the order of the store; from the first if null} */
    public List<TrackedTask> after(@Nullable String taskId, int most) {
        List<TrackedTask> found = new ArrayList<>(most);
        try (KeyValueIterator<String, TrackedTask> following = states.range(taskId, null)) {
            while (found.size() < most && following.hasNext()) {
                KeyValue<String, TrackedTask> next = following.next();
                if (!next.key.equals(taskId)) {
                    found.add(next.value);
                }
            }
        }
        return found;
    }

    /** Writes a changed task and its timers. Writes nothing if both are the same object. */
    public void keep(@Nullable TrackedTask before, TrackedTask after) {
        if (before != after) {
            write(
                    before,
                    after,
                    before == null || isMoved(TimerType.TASK, before, after),
                    before == null || isMoved(TimerType.AUDIT, before, after));
        }
    }

    /**
     * Writes a task after its timer has fired, like {@link #keep}. The entry is gone, so the next one is set even if it
     * is due at the same time.
     */
    public void keepFired(TimerType fired, TrackedTask before, TrackedTask after) {
        write(
                before,
                after,
                fired == TimerType.TASK || isMoved(TimerType.TASK, before, after),
                fired == TimerType.AUDIT || isMoved(TimerType.AUDIT, before, after));
    }

    private void write(@Nullable TrackedTask before, TrackedTask after, boolean setsTask, boolean setsAudit) {
        changes++;
        String taskId = after.task().task().taskId();
        states.put(taskId, after);
        index.counts().change(taskId, before == null ? null : status(before), status(after));
        if (setsTask) {
            timers.set(TimerType.TASK, taskId, after.nextCheckAt());
        }
        if (setsAudit) {
            timers.set(TimerType.AUDIT, taskId, after.nextAuditAt());
        }
    }

    private static boolean isMoved(TimerType lane, TrackedTask before, TrackedTask after) {
        return due(lane, before) != due(lane, after);
    }

    private static long due(TimerType lane, TrackedTask tracked) {
        return lane == TimerType.TASK ? tracked.nextCheckAt() : tracked.nextAuditAt();
    }

    /** {@return the number of writes since the partition was assigned} */
    public long changes() {
        return changes;
    }

    public void forget(TrackedTask tracked) {
        String taskId = tracked.task().task().taskId();
        states.put(taskId, null);
        index.counts().change(taskId, status(tracked), null);
    }

    private static TaskStatus status(TrackedTask tracked) {
        return tracked.task().current().status();
    }
}

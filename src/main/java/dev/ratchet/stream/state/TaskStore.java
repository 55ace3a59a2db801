package dev.ratchet.stream.state;

import dev.ratchet.stream.store.WriteBehindStore;
import dev.ratchet.stream.timer.Timers;
import dev.ratchet.stream.timer.Timers.Entry;
import dev.ratchet.stream.timer.Timers.Lane;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** What is kept of the tasks of one partition: their state, and the timers that go with it. */
public final class TaskStore {
    private final WriteBehindStore<String, TrackedTask> states;
    private final Timers timers;
    private long changes;

    public TaskStore(WriteBehindStore<String, TrackedTask> states, Timers timers) {
        this.states = states;
        this.timers = timers;
    }

    @Nullable
    public TrackedTask get(String taskId) {
        return states.get(taskId);
    }

    /** The task of an entry. Null if the entry is not the one that the task knows of. */
    @Nullable
    public TrackedTask of(Entry entry) {
        TrackedTask tracked = states.get(entry.taskId());
        boolean known = tracked != null && entry.due() == due(entry.lane(), tracked);
        return known ? tracked : null;
    }

    /** {@return so many of the tasks that follow this one, or of all if null, in the order of the store} */
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

    /** Both may be the same object: then nothing is written. */
    public void keep(@Nullable TrackedTask before, TrackedTask after) {
        if (before != after) {
            write(
                    after,
                    before == null || isMoved(Lane.TASK, before, after),
                    before == null || isMoved(Lane.AUDIT, before, after));
        }
    }

    /** As {@link #keep}, once an entry has fired: it is gone, so the next is set even if it is due at the very same time. */
    public void keepFired(Lane fired, TrackedTask before, TrackedTask after) {
        write(
                after,
                fired == Lane.TASK || isMoved(Lane.TASK, before, after),
                fired == Lane.AUDIT || isMoved(Lane.AUDIT, before, after));
    }

    private void write(TrackedTask after, boolean setsTask, boolean setsAudit) {
        changes++;
        String taskId = after.task().task().taskId();
        states.put(taskId, after);
        if (setsTask) {
            timers.set(Lane.TASK, taskId, after.nextCheckAt());
        }
        if (setsAudit) {
            timers.set(Lane.AUDIT, taskId, after.nextAuditAt());
        }
    }

    private static boolean isMoved(Lane lane, TrackedTask before, TrackedTask after) {
        return due(lane, before) != due(lane, after);
    }

    private static long due(Lane lane, TrackedTask tracked) {
        return lane == Lane.TASK ? tracked.nextCheckAt() : tracked.nextAuditAt();
    }

    /** {@return how many changes were kept since the partition was set up} */
    public long changes() {
        return changes;
    }

    public void forget(TrackedTask tracked) {
        states.put(tracked.task().task().taskId(), null);
    }
}

package dev.ratchet.stream.timer;

import dev.ratchet.stream.timer.TimerBudget.Turn;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * The timers of one partition. An entry that a task has replaced by another stays until it is due: whoever looks into it
 * then finds that the task knows nothing of it, which costs less than to take it away before.
 */
public final class Timers {
    /** What an entry is for. Audits have a lane of their own: they may have to wait, and must not hold up the rest. */
    public enum Lane {
        TASK((byte) 1),
        AUDIT((byte) 2);

        private final byte prefix;

        Lane(byte prefix) {
            this.prefix = prefix;
        }

        byte prefix() {
            return prefix;
        }
    }

    /** An entry: so it was set. */
    public record Entry(Lane lane, long due, String taskId) {}

    /** What is done about an entry. */
    public interface Firing {
        /** {@return false to leave this one and all after it for another time} */
        boolean fire(Entry entry, long now);
    }

    private final TimerStore store;
    private final TimerBudget budget;

    /**
     * By lane: nothing is due before this second; before it lie the graves of groups that fired, which are slow to walk
     * over. None until the first look: what the store has kept may be due since long.
     */
    private final Map<Lane, Long> from = new EnumMap<>(Lane.class);

    public Timers(TimerStore store, TimerBudget budget) {
        this.store = store;
        this.budget = budget;
    }

    /** Sets an entry, unless the time is {@link TrackedTask#NEVER}. */
    public void set(Lane lane, String taskId, long due) {
        if (due != TrackedTask.NEVER) {
            store.add(new Entry(lane, due, taskId));
            lookFrom(lane, TimerStore.second(due));
        }
    }

    /** Fires what is due, as far as the thread's budget goes; the rest is for the next tick. */
    public void tick(Lane lane, long now, Firing firing) {
        try (Turn turn = budget.turn(now);
                KeyValueIterator<Bytes, byte[]> groups = groups(lane, from.getOrDefault(lane, 0L), now)) {
            from.put(lane, TimerStore.second(now));
            while (groups.hasNext()) {
                KeyValue<Bytes, byte[]> group = groups.next();
                long second = TimerStore.second(group.key);
                List<Entry> entries = TimerBucket.entries(lane, second, group.value);
                List<Entry> left = fire(entries, now, firing, turn);
                if (left.size() < entries.size()) {
                    store.keep(group.key, left);
                }
                if (left.stream().anyMatch(entry -> entry.due() <= now)) {
                    lookFrom(lane, second);
                    return;
                }
            }
        }
    }

    /**
     * Walks over all groups of entries, those due first first, however far ahead they are due.
     *
     * @param after the group after which to begin; empty for the first
     * @param look false to end the walk with this group
     * @return the group after which to go on; empty if there is no other
     */
    public Optional<Bytes> walk(Lane lane, Optional<Bytes> after, Predicate<List<Entry>> look) {
        Bytes from = after.map(Timers::following).orElseGet(() -> TimerStore.from(lane, 0));
        try (KeyValueIterator<Bytes, byte[]> groups = store.range(from, TimerStore.from(lane, TrackedTask.NEVER))) {
            while (groups.hasNext()) {
                KeyValue<Bytes, byte[]> group = groups.next();
                if (!look.test(TimerBucket.entries(lane, TimerStore.second(group.key), group.value))) {
                    return Optional.of(group.key);
                }
            }
        }
        return Optional.empty();
    }

    /** The first key that can follow. */
    private static Bytes following(Bytes key) {
        return Bytes.wrap(Arrays.copyOf(key.get(), key.get().length + 1));
    }

    /** {@return those that are not due yet, or have to wait} */
    private static List<Entry> fire(List<Entry> entries, long now, Firing firing, Turn turn) {
        List<Entry> left = new ArrayList<>();
        boolean onProgress = true;
        for (Entry entry : entries) {
            onProgress = onProgress && (entry.due() > now || (turn.take() && firing.fire(entry, now)));
            if (entry.due() > now || !onProgress) {
                left.add(entry);
            }
        }
        return left;
    }

    private KeyValueIterator<Bytes, byte[]> groups(Lane lane, long from, long to) {
        return store.range(
                TimerStore.from(lane, TimerStore.second(from)),
                TimerStore.from(lane, TimerStore.second(to) + TimerStore.SECOND));
    }

    private void lookFrom(Lane lane, long second) {
        from.computeIfPresent(lane, (same, first) -> Math.min(first, second));
    }
}

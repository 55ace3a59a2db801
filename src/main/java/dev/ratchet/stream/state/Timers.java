package dev.ratchet.stream.state;

import dev.ratchet.stream.state.TimerBudget.Turn;
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
 * The timers of one partition. When a task replaces its entry, the old one stays until it is due: the callback then
 * finds that the task has another due time. This costs less than deleting it earlier.
 */
public final class Timers {
    /** Type of a timer. Audits have their own type: they may have to wait, and must not delay other timers. */
    public enum TimerType {
        TASK((byte) 1),
        AUDIT((byte) 2);

        private final byte prefix;

        TimerType(byte prefix) {
            this.prefix = prefix;
        }

        byte prefix() {
            return prefix;
        }
    }

    public record Entry(TimerType lane, long due, String taskId) {}

    public interface TimerCallback {
        /** {@return false to keep this entry and all later ones for another tick} */
        boolean run(Entry entry, long now);
    }

    private final TimerStore store;
    private final TimerBudget budget;

    /**
     * By timer type: nothing is due before this second. Tombstones of old buckets lie before it, which are slow to
     * scan. Empty until the first tick: stored entries may have been due for long.
     */
    private final Map<TimerType, Long> from = new EnumMap<>(TimerType.class);

    public Timers(TimerStore store, TimerBudget budget) {
        this.store = store;
        this.budget = budget;
    }

    /** Sets an entry, unless the time is {@link TrackedTask#NEVER}. */
    public void set(TimerType lane, String taskId, long due) {
        if (due != TrackedTask.NEVER) {
            store.add(new Entry(lane, due, taskId));
            scanFrom(lane, TimerStore.second(due));
        }
    }

    /** Runs the due entries, within the thread's budget; the next tick runs the rest. */
    public void tick(TimerType lane, long now, TimerCallback callback) {
        try (Turn turn = budget.turn(now);
                KeyValueIterator<Bytes, byte[]> buckets = buckets(lane, from.getOrDefault(lane, 0L), now)) {
            from.put(lane, TimerStore.second(now));
            while (buckets.hasNext()) {
                KeyValue<Bytes, byte[]> bucket = buckets.next();
                long second = TimerStore.second(bucket.key);
                List<Entry> entries = TimerBucket.entries(lane, second, bucket.value);
                List<Entry> left = run(entries, now, callback, turn);
                if (left.size() < entries.size()) {
                    store.keep(bucket.key, left);
                }
                if (left.stream().anyMatch(entry -> entry.due() <= now)) {
                    scanFrom(lane, second);
                    return;
                }
            }
        }
    }

    /**
     * Visits all buckets in the order of their due times, however far ahead.
     *
     * @param after the bucket after which to start; empty for the first
     * @param look returns false to stop after this bucket
     * @return the bucket after which to continue; empty if there is no other
     */
    public Optional<Bytes> walk(TimerType lane, Optional<Bytes> after, Predicate<List<Entry>> look) {
        Bytes from = after.map(Timers::following).orElseGet(() -> TimerStore.from(lane, 0));
        try (KeyValueIterator<Bytes, byte[]> buckets = store.range(from, TimerStore.from(lane, TrackedTask.NEVER))) {
            while (buckets.hasNext()) {
                KeyValue<Bytes, byte[]> bucket = buckets.next();
                if (!look.test(TimerBucket.entries(lane, TimerStore.second(bucket.key), bucket.value))) {
                    return Optional.of(bucket.key);
                }
            }
        }
        return Optional.empty();
    }

    private static Bytes following(Bytes key) {
        return Bytes.wrap(Arrays.copyOf(key.get(), key.get().length + 1));
    }

    /** {@return entries that are not due yet, or must wait} */
    private static List<Entry> run(List<Entry> entries, long now, TimerCallback callback, Turn turn) {
        List<Entry> left = new ArrayList<>();
        boolean onProgress = true;
        for (Entry entry : entries) {
            onProgress = onProgress && (entry.due() > now || (turn.take() && callback.run(entry, now)));
            if (entry.due() > now || !onProgress) {
                left.add(entry);
            }
        }
        return left;
    }

    private KeyValueIterator<Bytes, byte[]> buckets(TimerType lane, long from, long to) {
        return store.range(
                TimerStore.from(lane, TimerStore.second(from)),
                TimerStore.from(lane, TimerStore.second(to) + TimerStore.SECOND));
    }

    private void scanFrom(TimerType lane, long second) {
        from.computeIfPresent(lane, (same, first) -> Math.min(first, second));
    }
}

package dev.ratchet.stream;

import dev.ratchet.stream.Timers.Entry;
import dev.ratchet.stream.Timers.Lane;
import dev.ratchet.task.Alert.Phase;
import dev.ratchet.watch.Watched;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * Tells once that nothing at all is heard while tasks are live: then it is the source that is stuck, not its tasks. That it
 * was told is kept in the store of the partition that told it.
 */
final class Silence {
    private static final Bytes TOLD = Bytes.wrap(new byte[] {0});
    private static final int AT_ONCE = 1_000;

    private final Pulse pulse;
    private final Duration limit;
    private final String application;
    private final TimerStore store;
    private final Timers timers;
    private final TaskStore tasks;
    private final Outlets outlets;

    /** When it was told; 0 if it was not, or not by this partition. */
    private long toldAt;

    /** How far the search for a live task has come, and the last sign of life that it began after. */
    private long searchedTo;

    private long searchOf = -1;

    Silence(
            Pulse pulse,
            Duration limit,
            String application,
            TimerStore store,
            Timers timers,
            TaskStore tasks,
            Outlets outlets) {
        this.pulse = pulse;
        this.limit = limit;
        this.application = application;
        this.store = store;
        this.timers = timers;
        this.tasks = tasks;
        this.outlets = outlets;
        byte[] told = store.get(TOLD);
        if (told != null && pulse.tell()) {
            toldAt = ByteBuffer.wrap(told).getLong();
        }
    }

    boolean holds(long now) {
        return pulse.isSilent(now, limit.toMillis());
    }

    void look(long now) {
        pulse.start(now);
        if (toldAt != 0) {
            if (pulse.heardAt() > toldAt) {
                outlets.silence(application, Phase.RESOLVED, "The source is heard again");
                store.put(TOLD, null);
                toldAt = 0;
                pulse.over();
            }
        } else if (holds(now) && !pulse.isTold() && isAnyTaskLive() && pulse.tell()) {
            toldAt = now;
            store.put(TOLD, ByteBuffer.allocate(Long.BYTES).putLong(now).array());
            outlets.silence(
                    application,
                    Phase.OPENED,
                    "Expected to hear of tasks that are live, but nothing at all was heard for " + limit);
        }
    }

    /** Looks at so many entries a time, and goes on the next. */
    private boolean isAnyTaskLive() {
        if (searchOf != pulse.heardAt()) {
            searchOf = pulse.heardAt();
            searchedTo = 0;
        }
        List<Entry> entries = timers.ahead(Lane.TASK, searchedTo, AT_ONCE);
        for (Entry entry : entries) {
            Watched watched = tasks.get(entry.taskId());
            if (watched != null && watched.isLive()) {
                return true;
            }
            searchedTo = TimerStore.second(entry.due()) + TimerStore.SECOND;
        }
        return false;
    }
}

package dev.ratchet.stream;

import dev.ratchet.task.Payload;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskState;
import dev.ratchet.wire.Captured;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * What the ends of tasks left behind, in a store of windows, which lets go of what is old by itself. Each end is written
 * once, when it comes to stand: a heartbeat rewrites no payload.
 */
final class Outputs {
    private final WindowStore<String, Captured> store;

    Outputs(WindowStore<String, Captured> store) {
        this.store = store;
    }

    /** Keeps what an event left behind, if it is the end that stands now. */
    void keep(TaskState task, StatusEvent event, Payload payload, long at) {
        boolean stands = event.status() == task.standing().status()
                && event.sequence() == task.standing().sequence();
        if (payload != Payload.NONE && stands) {
            store.put(event.task().taskId(), new Captured(task.epoch().number(), event.sequence(), payload), at);
        }
    }

    /** What the end that stands left behind, if it is still there. */
    Payload of(TaskState task) {
        Payload found = Payload.NONE;
        try (WindowStoreIterator<Captured> all = store.fetch(task.task().taskId(), 0, Long.MAX_VALUE)) {
            while (all.hasNext()) {
                KeyValue<Long, Captured> next = all.next();
                boolean stands = next.value.epoch() == task.epoch().number()
                        && next.value.sequence() == task.standing().sequence();
                found = stands ? next.value.payload() : found;
            }
        }
        return found;
    }
}

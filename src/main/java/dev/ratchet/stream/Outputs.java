package dev.ratchet.stream;

import dev.ratchet.task.Payload;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskState;
import dev.ratchet.wire.Captured;
import org.apache.kafka.streams.state.KeyValueStore;

/** What the ends of tasks left behind. Each is written once, when it comes to stand: a heartbeat rewrites no payload. */
final class Outputs {
    private final KeyValueStore<String, Captured> store;

    Outputs(KeyValueStore<String, Captured> store) {
        this.store = store;
    }

    /** Keeps what an event left behind, if it is the end that stands now. {@return whether it did} */
    boolean keep(TaskState task, StatusEvent event, Payload payload) {
        boolean stands = event.status() == task.standing().status()
                && event.sequence() == task.standing().sequence();
        if (payload == Payload.NONE || !stands) {
            return false;
        }
        store.put(event.task().taskId(), new Captured(task.epoch().number(), event.sequence(), payload));
        return true;
    }

    /** What the end that stands left behind, if it is still there. */
    Payload of(TaskState task) {
        Captured kept = store.get(task.task().taskId());
        boolean stands = kept != null
                && kept.epoch() == task.epoch().number()
                && kept.sequence() == task.standing().sequence();
        return stands ? kept.payload() : Payload.NONE;
    }

    void drop(TaskState task) {
        store.delete(task.task().taskId());
    }
}

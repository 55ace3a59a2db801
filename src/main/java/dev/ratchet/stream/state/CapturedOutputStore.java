package dev.ratchet.stream.state;

import dev.ratchet.state.CapturedOutput;
import dev.ratchet.task.Outcome;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskState;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Outputs of the current terminal statuses: for each task the {@link RichestOutput richest} of all its reports. A
 * repeated report with the same output writes nothing.
 */
public final class CapturedOutputStore {
    private final KeyValueStore<String, CapturedOutput> store;

    public CapturedOutputStore(KeyValueStore<String, CapturedOutput> store) {
        this.store = store;
    }

    /**
     * Stores the output of an event, if it reports the current terminal status and is richer. {@return whether anything
     * was written}
     */
    public boolean keep(Outcome outcome, StatusEvent event, TaskOutput payload) {
        if (payload.equals(TaskOutput.NONE) || !isReportOfCurrentEnd(outcome, event)) {
            return false;
        }
        TaskState task = outcome.state();
        String taskId = event.task().taskId();
        CapturedOutput kept = store.get(taskId);
        CapturedOutput richest = captured(task, event.sequence(), payload);
        if (kept != null && kept.isCurrentEndOf(task)) {
            richest = merged(kept, task, event, payload);
            if (richest.payload().equals(kept.payload())) {
                return false;
            }
        }
        store.put(taskId, richest);
        return true;
    }

    /** The output of the current terminal status, if it is still stored. */
    public TaskOutput of(TaskState task) {
        CapturedOutput kept = store.get(task.task().taskId());
        return kept != null && kept.isCurrentEndOf(task) ? kept.payload() : TaskOutput.NONE;
    }

    public void drop(TaskState task) {
        store.delete(task.task().taskId());
    }

    /** Whether the event reports the current terminal status: one of another status or epoch does not count. */
    private static boolean isReportOfCurrentEnd(Outcome outcome, StatusEvent event) {
        return switch (outcome.kind()) {
            case ACCEPTED, CORRECTION, UNCHANGED, DUPLICATE ->
                event.status() == outcome.state().current().status();
            case OUT_OF_ORDER, BACKWARD_TRANSITION, TERMINAL_CONFLICT, STALE_EPOCH, SOURCE_MISMATCH, IGNORED -> false;
        };
    }

    private static CapturedOutput merged(CapturedOutput kept, TaskState task, StatusEvent event, TaskOutput payload) {
        return event.sequence() > kept.sequence()
                ? captured(task, event.sequence(), RichestOutput.of(kept.payload(), payload))
                : captured(task, kept.sequence(), RichestOutput.of(payload, kept.payload()));
    }

    private static CapturedOutput captured(TaskState task, long sequence, TaskOutput payload) {
        return new CapturedOutput(task.epoch().number(), task.current().status(), sequence, payload);
    }
}

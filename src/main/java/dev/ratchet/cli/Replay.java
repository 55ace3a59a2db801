package dev.ratchet.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.RecordReader;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.Outcome;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Folds lines offline, one after the other, without a broker. */
final class Replay {
    private final RecordReader reader;
    private final Map<String, TaskState> states = new LinkedHashMap<>();
    private final Map<String, Long> counts = new TreeMap<>();

    Replay(RecordReader reader) {
        this.reader = reader;
    }

    /** Folds one line, and says what became of it. */
    ReplayLine fold(byte[] line) {
        Reading reading = reader.read(line);
        ReplayLine told;
        if (reading instanceof Reading.Event event) {
            told = fold(event.event());
        } else if (reading instanceof Reading.Deleted deleted) {
            states.computeIfPresent(
                    deleted.taskId(),
                    (id, state) -> StatusReducer.reduceDeletion(state, EventSource.CDC, deleted.sequence()));
            told = ReplayLine.deleted(deleted);
        } else if (reading instanceof Reading.Nothing nothing) {
            told = ReplayLine.nothing(nothing.reason());
        } else if (reading instanceof Reading.Refused) {
            told = ReplayLine.nothing("stale write refused by the guard");
        } else {
            told = ReplayLine.undecodable(((Reading.Unreadable) reading).error());
        }
        counts.merge(told.outcome(), 1L, Long::sum);
        return told;
    }

    private ReplayLine fold(StatusEvent event) {
        TaskState state = states.get(event.task().taskId());
        Outcome outcome = state == null ? StatusReducer.reduceFirst(event) : StatusReducer.reduce(state, event);
        states.put(event.task().taskId(), outcome.state());
        return ReplayLine.of(event, outcome);
    }

    /** One line a task, in the order in which they were first heard. */
    void writeFinal(JsonGenerator out) throws IOException {
        for (TaskState state : states.values()) {
            out.writeStartObject();
            out.writeStringField("taskId", state.task().taskId());
            out.writeStringField("referenceTaskName", state.task().referenceTaskName());
            out.writeStringField("taskType", state.task().taskType());
            out.writeStringField("status", state.current().status().name());
            out.writeNumberField("epoch", state.epoch().number());
            out.writeNumberField("revision", state.published().revision());
            out.writeStringField(
                    "heard", state.lastReported().observation().status().name());
            out.writeBooleanField("diverged", state.diverges());
            out.writeNumberField("lostUpdates", state.bookkeeping().lostUpdates());
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }

    /** Totals for people. */
    String summary() {
        long lines = counts.values().stream().mapToLong(Long::longValue).sum();
        long lost = states.values().stream()
                .mapToLong(state -> state.bookkeeping().lostUpdates())
                .sum();
        long diverged = states.values().stream().filter(TaskState::diverges).count();
        return String.format(
                Locale.ROOT,
                "%,d lines %s, %,d tasks: %,d lost updates refused, %,d tasks diverged",
                lines,
                counts,
                states.size(),
                lost,
                diverged);
    }
}

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
import java.util.Set;
import java.util.TreeMap;

/** Applies the rule to a recording, line by line, without a broker. */
final class Replay implements Reading.Visitor<ReplayLine> {
    private final RecordReader reader;
    private final Map<String, TaskState> states = new LinkedHashMap<>();
    private final Map<String, Long> counts = new TreeMap<>();

    Replay(RecordReader reader) {
        this.reader = reader;
    }

    /** Applies the rule to one line. */
    ReplayLine fold(byte[] line) {
        Reading reading = reader.read(line);
        ReplayLine result = reading.accept(this);
        counts.merge(result.outcome(), 1L, Long::sum);
        return result;
    }

    @Override
    public ReplayLine onEvent(Reading.Event event) {
        return fold(event.event());
    }

    @Override
    public ReplayLine onDeleted(Reading.Deleted deleted) {
        states.computeIfPresent(
                deleted.taskId(),
                (id, state) -> StatusReducer.reduceDeletion(state, EventSource.CDC, deleted.sequence()));
        return ReplayLine.deleted(deleted);
    }

    @Override
    public ReplayLine onRefused(Reading.Refused refused) {
        return ReplayLine.nothing("stale write refused by the guard");
    }

    @Override
    public ReplayLine onNothing(Reading.Nothing nothing) {
        return ReplayLine.nothing(nothing.reason());
    }

    @Override
    public ReplayLine onUnreadable(Reading.Unreadable unreadable) {
        return ReplayLine.undecodable(unreadable.error());
    }

    @Override
    public ReplayLine onAnswer(Reading.Answer answer) {
        throw noInput(answer);
    }

    @Override
    public ReplayLine onExistence(Reading.Existence existence) {
        throw noInput(existence);
    }

    @Override
    public ReplayLine onRetry(Reading.Retry retry) {
        throw noInput(retry);
    }

    @Override
    public ReplayLine onRequestedAudit(Reading.RequestedAudit audit) {
        throw noInput(audit);
    }

    /** The readers of recordings produce no results of repairs or audits. */
    private static IllegalStateException noInput(Reading reading) {
        return new IllegalStateException("Expected a record of a source, but got " + reading);
    }

    private ReplayLine fold(StatusEvent event) {
        TaskState state = states.get(event.task().taskId());
        Outcome outcome = state == null ? StatusReducer.reduceFirst(event) : StatusReducer.reduce(state, event);
        states.put(event.task().taskId(), outcome.state());
        return ReplayLine.of(event, outcome);
    }

    /** Writes one line for each task, in the order of their first events. */
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

    /** Whether there are lines, and none is in the format. */
    boolean hasOnlyUndecodableLines() {
        return counts.keySet().equals(Set.of("undecodable"));
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

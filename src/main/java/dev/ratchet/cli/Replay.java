package dev.ratchet.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.RecordReader;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.Outcome;
import dev.ratchet.task.StatusChange;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Applies the rule to a recording, line by line, without a broker. */
final class Replay implements Reading.Visitor<ObjectNode> {
    /** Each line has all of them, in this order; null where one does not apply. */
    private static final List<String> KEYS = List.of(
            "line",
            "outcome",
            "taskId",
            "referenceTaskName",
            "epoch",
            "sequence",
            "revision",
            "status",
            "previousStatus",
            "correction",
            "reason",
            "standing",
            "error");

    private final RecordReader reader;
    private final Map<String, TaskState> states = new LinkedHashMap<>();
    private final Map<String, Long> counts = new TreeMap<>();

    Replay(RecordReader reader) {
        this.reader = reader;
    }

    /** Applies the rule to one line. The caller adds its number. */
    ObjectNode fold(byte[] line) {
        ObjectNode result = reader.read(line).accept(this);
        counts.merge(result.path("outcome").asText(), 1L, Long::sum);
        return result;
    }

    @Override
    public ObjectNode onEvent(Reading.Event reading) {
        StatusEvent event = reading.event();
        TaskState state = states.get(event.task().taskId());
        Outcome outcome = state == null ? StatusReducer.reduceFirst(event) : StatusReducer.reduce(state, event);
        states.put(event.task().taskId(), outcome.state());
        return outcome.fold(
                accepted -> accepted(accepted.change()),
                unchanged -> notAccepted("unchanged", event, unchanged.state()),
                rejected -> notAccepted("rejected", event, rejected.state())
                        .put("reason", rejected.rejection().reason().name()),
                ignored -> notAccepted("ignored", event, ignored.state()).put("reason", ignored.reason()));
    }

    @Override
    public ObjectNode onDeleted(Reading.Deleted deleted) {
        states.computeIfPresent(
                deleted.taskId(),
                (id, state) -> StatusReducer.reduceDeletion(state, EventSource.CDC, deleted.sequence()));
        return ignored("deletion").put("taskId", deleted.taskId()).put("sequence", deleted.sequence());
    }

    @Override
    public ObjectNode onRefused(Reading.Refused refused) {
        return ignored("stale write refused by the guard");
    }

    @Override
    public ObjectNode onNothing(Reading.Nothing nothing) {
        return ignored(nothing.reason());
    }

    @Override
    public ObjectNode onUnreadable(Reading.Unreadable unreadable) {
        return line("undecodable").put("error", unreadable.error());
    }

    /** The readers of recordings produce none. */
    @Override
    public ObjectNode onResult(Reading.Result result) {
        throw new IllegalStateException("Expected a record of a source, but got " + result);
    }

    private static ObjectNode accepted(StatusChange change) {
        return line("accepted")
                .put("taskId", change.task().taskId())
                .put("referenceTaskName", change.task().referenceTaskName())
                .put("epoch", change.epoch())
                .put("sequence", change.sequence())
                .put("revision", change.revision())
                .put("status", change.status().name())
                .put("previousStatus", change.previousStatus().map(Enum::name).orElse(null))
                .put("correction", change.correction())
                .put("standing", change.status().name());
    }

    private static ObjectNode notAccepted(String outcome, StatusEvent event, TaskState state) {
        return line(outcome)
                .put("taskId", event.task().taskId())
                .put("referenceTaskName", event.task().referenceTaskName())
                .put("epoch", state.epoch().number())
                .put("sequence", event.sequence())
                .put("revision", state.published().revision())
                .put("status", event.status().name())
                .put("standing", state.current().status().name());
    }

    private static ObjectNode ignored(String reason) {
        return line("ignored").put("reason", reason);
    }

    private static ObjectNode line(String outcome) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        KEYS.forEach(line::putNull);
        return line.put("outcome", outcome);
    }

    /** {@return one line for each task, in the order of their first events} */
    Stream<ObjectNode> tasks() {
        return states.values().stream()
                .map(state -> JsonNodeFactory.instance
                        .objectNode()
                        .put("taskId", state.task().taskId())
                        .put("referenceTaskName", state.task().referenceTaskName())
                        .put("taskType", state.task().taskType())
                        .put("status", state.current().status().name())
                        .put("epoch", state.epoch().number())
                        .put("revision", state.published().revision())
                        .put(
                                "heard",
                                state.lastReported().observation().status().name())
                        .put("diverged", state.diverges())
                        .put("lostUpdates", state.bookkeeping().lostUpdates()));
    }

    /** Whether there are lines, and none is in the format. */
    boolean hasOnlyUndecodableLines() {
        return counts.keySet().equals(Set.of("undecodable"));
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "%,d lines %s, %,d tasks: %,d lost updates rejected, %,d tasks diverged",
                counts.values().stream().mapToLong(Long::longValue).sum(),
                counts,
                states.size(),
                states.values().stream()
                        .mapToLong(state -> state.bookkeeping().lostUpdates())
                        .sum(),
                states.values().stream().filter(TaskState::diverges).count());
    }
}

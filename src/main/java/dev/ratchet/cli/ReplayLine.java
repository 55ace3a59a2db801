package dev.ratchet.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ratchet.ingest.Reading;
import dev.ratchet.task.Outcome;
import dev.ratchet.task.StatusChange;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One line of what {@code replay} prints: every key always there, null where it does not apply. */
record ReplayLine(
        String outcome,
        @Nullable String taskId,
        @Nullable String referenceTaskName,
        @Nullable Integer epoch,
        @Nullable Long sequence,
        @Nullable Long revision,
        @Nullable TaskStatus status,
        @Nullable TaskStatus previousStatus,
        @Nullable Boolean correction,
        @Nullable String reason,
        @Nullable TaskStatus current,
        @Nullable String error) {

    static ReplayLine of(StatusEvent event, Outcome outcome) {
        return outcome.fold(
                accepted -> accepted(accepted.change()),
                unchanged -> of("unchanged", event, unchanged.state(), null),
                rejected -> of(
                        "rejected",
                        event,
                        rejected.state(),
                        rejected.rejection().reason().name()),
                ignored -> of("ignored", event, ignored.state(), ignored.reason()));
    }

    static ReplayLine deleted(Reading.Deleted deleted) {
        return new ReplayLine(
                "ignored",
                deleted.taskId(),
                null,
                null,
                deleted.sequence(),
                null,
                null,
                null,
                null,
                "deletion",
                null,
                null);
    }

    static ReplayLine nothing(String reason) {
        return new ReplayLine("ignored", null, null, null, null, null, null, null, null, reason, null, null);
    }

    static ReplayLine undecodable(String error) {
        return new ReplayLine("undecodable", null, null, null, null, null, null, null, null, null, null, error);
    }

    private static ReplayLine accepted(StatusChange change) {
        return new ReplayLine(
                "accepted",
                change.task().taskId(),
                change.task().referenceTaskName(),
                change.epoch(),
                change.sequence(),
                change.revision(),
                change.status(),
                change.previousStatus().orElse(null),
                change.correction(),
                null,
                change.status(),
                null);
    }

    private static ReplayLine of(String outcome, StatusEvent event, TaskState state, @Nullable String reason) {
        return new ReplayLine(
                outcome,
                event.task().taskId(),
                event.task().referenceTaskName(),
                state.epoch().number(),
                event.sequence(),
                state.published().revision(),
                event.status(),
                null,
                null,
                reason,
                state.current().status(),
                null);
    }

    void write(long line, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeNumberField("line", line);
        out.writeStringField("outcome", outcome);
        out.writeStringField("taskId", taskId);
        out.writeStringField("referenceTaskName", referenceTaskName);
        out.writePOJOField("epoch", epoch);
        out.writePOJOField("sequence", sequence);
        out.writePOJOField("revision", revision);
        out.writeStringField("status", name(status));
        out.writeStringField("previousStatus", name(previousStatus));
        out.writePOJOField("correction", correction);
        out.writeStringField("reason", reason);
        out.writeStringField("standing", name(current));
        out.writeStringField("error", error);
        out.writeEndObject();
        out.writeRaw('\n');
    }

    private static @Nullable String name(@Nullable TaskStatus status) {
        return status == null ? null : status.name();
    }
}

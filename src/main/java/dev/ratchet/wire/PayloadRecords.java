package dev.ratchet.wire;

import dev.ratchet.task.Payload;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.TaskStatusEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Between the payload and the Avro records that carry it. The two have its fields in common, but no type. */
public final class PayloadRecords {
    private PayloadRecords() {}

    /** What an event brings along. */
    public static Payload of(TaskStatusEvent in) {
        return new Payload(
                Optional.ofNullable(in.getOutput()),
                text(in.getExternalOutputPayloadStoragePath()),
                text(in.getWorkerId()),
                text(in.getReasonForIncompletion()),
                text(in.getSubWorkflowId()));
    }

    /** What a command wants written back. */
    public static Payload of(RepairCommand in) {
        return new Payload(
                Optional.ofNullable(in.getOutput()),
                text(in.getExternalOutputPayloadStoragePath()),
                text(in.getWorkerId()),
                text(in.getReasonForIncompletion()),
                text(in.getSubWorkflowId()));
    }

    /** Gives it to an event. Texts that there are none of become null, as a producer leaves them. */
    public static void addTo(TaskStatusEvent out, Payload payload) {
        out.setOutput(payload.output().orElse(null));
        out.setExternalOutputPayloadStoragePath(known(payload.externalOutputPath()));
        out.setWorkerId(known(payload.workerId()));
        out.setReasonForIncompletion(known(payload.reasonForIncompletion()));
        out.setSubWorkflowId(known(payload.subWorkflowId()));
    }

    /** Gives it to a command. Texts that there are none of stay empty. */
    static void addTo(RepairCommand out, Payload payload) {
        out.setOutput(payload.output().orElse(null));
        out.setExternalOutputPayloadStoragePath(payload.externalOutputPath());
        out.setWorkerId(payload.workerId());
        out.setReasonForIncompletion(payload.reasonForIncompletion());
        out.setSubWorkflowId(payload.subWorkflowId());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String known(String text) {
        return text.isEmpty() ? null : text;
    }
}

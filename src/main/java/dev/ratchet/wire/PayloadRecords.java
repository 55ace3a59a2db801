package dev.ratchet.wire;

import dev.ratchet.task.Payload;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.TaskStatusEvent;
import java.util.Optional;

/** Between the payload and the Avro records that carry it. The two have its fields in common, but no type. */
public final class PayloadRecords {
    private PayloadRecords() {}

    /** What an event brings along. */
    public static Payload of(TaskStatusEvent in) {
        return new Payload(
                Optional.ofNullable(in.getOutput()),
                Records.text(in.getExternalOutputPayloadStoragePath()),
                Records.text(in.getWorkerId()),
                Records.text(in.getReasonForIncompletion()),
                Records.text(in.getSubWorkflowId()),
                !in.getPayloadIncomplete());
    }

    /** What a command wants written back. */
    public static Payload of(RepairCommand in) {
        return new Payload(
                Optional.ofNullable(in.getOutput()),
                Records.text(in.getExternalOutputPayloadStoragePath()),
                Records.text(in.getWorkerId()),
                Records.text(in.getReasonForIncompletion()),
                Records.text(in.getSubWorkflowId()),
                !in.getPayloadIncomplete());
    }

    /** Gives it to an event. Texts that there are none of become null, as a producer leaves them. */
    public static void addTo(TaskStatusEvent out, Payload payload) {
        out.setPayloadIncomplete(!payload.complete());
        out.setOutput(payload.output().orElse(null));
        out.setExternalOutputPayloadStoragePath(Records.known(payload.externalOutputPath()));
        out.setWorkerId(Records.known(payload.workerId()));
        out.setReasonForIncompletion(Records.known(payload.reasonForIncompletion()));
        out.setSubWorkflowId(Records.known(payload.subWorkflowId()));
    }

    /** Leaves the output out of an event that is too large with it. */
    public static void leaveOutOutput(TaskStatusEvent event) {
        event.setOutput(null);
        event.setPayloadIncomplete(true);
    }

    /** Gives it to a command, in the same way. */
    static void addTo(RepairCommand out, Payload payload) {
        out.setPayloadIncomplete(!payload.complete());
        out.setOutput(payload.output().orElse(null));
        out.setExternalOutputPayloadStoragePath(Records.known(payload.externalOutputPath()));
        out.setWorkerId(Records.known(payload.workerId()));
        out.setReasonForIncompletion(Records.known(payload.reasonForIncompletion()));
        out.setSubWorkflowId(Records.known(payload.subWorkflowId()));
    }
}

package dev.ratchet.avro;

import dev.ratchet.task.TaskOutput;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.TaskStatusEvent;
import java.util.Optional;

/** Between the payload and the Avro records that carry it. The two have its fields in common, but no type. */
public final class PayloadRecords {
    private PayloadRecords() {}

    /** What an event brings along. */
    public static TaskOutput of(TaskStatusEvent in) {
        return new TaskOutput(
                Optional.ofNullable(in.getOutput()),
                TaskRecords.text(in.getExternalOutputPayloadStoragePath()),
                TaskRecords.text(in.getWorkerId()),
                TaskRecords.text(in.getReasonForIncompletion()),
                TaskRecords.text(in.getSubWorkflowId()),
                !in.getPayloadIncomplete());
    }

    /** What a command wants written back. */
    public static TaskOutput of(RepairCommand in) {
        return new TaskOutput(
                Optional.ofNullable(in.getOutput()),
                TaskRecords.text(in.getExternalOutputPayloadStoragePath()),
                TaskRecords.text(in.getWorkerId()),
                TaskRecords.text(in.getReasonForIncompletion()),
                TaskRecords.text(in.getSubWorkflowId()),
                !in.getPayloadIncomplete());
    }

    /** Gives it to an event. Texts that there are none of become null, as a producer leaves them. */
    public static void addTo(TaskStatusEvent out, TaskOutput payload) {
        out.setPayloadIncomplete(!payload.complete());
        out.setOutput(payload.output().orElse(null));
        out.setExternalOutputPayloadStoragePath(TaskRecords.known(payload.externalOutputPath()));
        out.setWorkerId(TaskRecords.known(payload.workerId()));
        out.setReasonForIncompletion(TaskRecords.known(payload.reasonForIncompletion()));
        out.setSubWorkflowId(TaskRecords.known(payload.subWorkflowId()));
    }

    /** Leaves the output out of an event that is too large with it. */
    public static void removeOutput(TaskStatusEvent event) {
        event.setOutput(null);
        event.setPayloadIncomplete(true);
    }

    /** Gives it to a command, in the same way. */
    static void addTo(RepairCommand out, TaskOutput payload) {
        out.setPayloadIncomplete(!payload.complete());
        out.setOutput(payload.output().orElse(null));
        out.setExternalOutputPayloadStoragePath(TaskRecords.known(payload.externalOutputPath()));
        out.setWorkerId(TaskRecords.known(payload.workerId()));
        out.setReasonForIncompletion(TaskRecords.known(payload.reasonForIncompletion()));
        out.setSubWorkflowId(TaskRecords.known(payload.subWorkflowId()));
    }
}

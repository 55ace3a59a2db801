package dev.ratchet.avro;

import dev.ratchet.task.TaskOutput;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.TaskStatusEvent;
import java.util.Optional;

/** Maps the payload to and from Avro records. */
public final class PayloadRecords {
    private PayloadRecords() {}

    public static TaskOutput of(TaskStatusEvent in) {
        return new TaskOutput(
                Optional.ofNullable(in.getOutput()),
                TaskRecords.text(in.getExternalOutputPayloadStoragePath()),
                TaskRecords.text(in.getWorkerId()),
                TaskRecords.text(in.getReasonForIncompletion()),
                TaskRecords.text(in.getSubWorkflowId()),
                !in.getPayloadIncomplete());
    }

    public static TaskOutput of(RepairCommand in) {
        return new TaskOutput(
                Optional.ofNullable(in.getOutput()),
                TaskRecords.text(in.getExternalOutputPayloadStoragePath()),
                TaskRecords.text(in.getWorkerId()),
                TaskRecords.text(in.getReasonForIncompletion()),
                TaskRecords.text(in.getSubWorkflowId()),
                !in.getPayloadIncomplete());
    }

    /** Empty texts become null. */
    public static void addTo(TaskStatusEvent out, TaskOutput payload) {
        out.setPayloadIncomplete(!payload.complete());
        out.setOutput(payload.output().orElse(null));
        out.setExternalOutputPayloadStoragePath(TaskRecords.known(payload.externalOutputPath()));
        out.setWorkerId(TaskRecords.known(payload.workerId()));
        out.setReasonForIncompletion(TaskRecords.known(payload.reasonForIncompletion()));
        out.setSubWorkflowId(TaskRecords.known(payload.subWorkflowId()));
    }

    /** Removes the output from an event that is too large with it. */
    public static void removeOutput(TaskStatusEvent event) {
        event.setOutput(null);
        event.setPayloadIncomplete(true);
    }

    /** Empty texts become null. */
    static void addTo(RepairCommand out, TaskOutput payload) {
        out.setPayloadIncomplete(!payload.complete());
        out.setOutput(payload.output().orElse(null));
        out.setExternalOutputPayloadStoragePath(TaskRecords.known(payload.externalOutputPath()));
        out.setWorkerId(TaskRecords.known(payload.workerId()));
        out.setReasonForIncompletion(TaskRecords.known(payload.reasonForIncompletion()));
        out.setSubWorkflowId(TaskRecords.known(payload.subWorkflowId()));
    }
}

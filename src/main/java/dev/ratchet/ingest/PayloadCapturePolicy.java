package dev.ratchet.ingest;

import dev.ratchet.avro.PayloadRecords;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.v1.TaskStatusEvent;
import org.apache.kafka.common.utils.Utils;

/**
 * Whether the output of an ended task is captured, and up to which size.
 *
 * @param maxBytes maximum size in UTF-8; a larger output is omitted. Below 0: nothing is captured
 */
public record PayloadCapturePolicy(int maxBytes) {
    public static final PayloadCapturePolicy NOTHING = new PayloadCapturePolicy(-1);
    public static final PayloadCapturePolicy ALL = new PayloadCapturePolicy(Integer.MAX_VALUE);

    public boolean isOn() {
        return maxBytes >= 0;
    }

    /** A character takes at least one byte, so the bytes are counted only if there are few characters. */
    boolean fits(String json) {
        return json.length() <= maxBytes && Utils.utf8Length(json) <= maxBytes;
    }

    public TaskOutput of(StatusEvent event, TaskStatusEvent in) {
        if (!isOn() || !event.status().isTerminal()) {
            return TaskOutput.NONE;
        }
        TaskOutput all = PayloadRecords.of(in);
        return all.output().filter(json -> !fits(json)).isPresent() ? all.withoutOutput() : all;
    }
}

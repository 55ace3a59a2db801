package dev.ratchet.ingest;

import dev.ratchet.avro.PayloadRecords;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.v1.TaskStatusEvent;
import org.apache.kafka.common.utils.Utils;

/**
 * Whether what a task's end leaves behind is kept, and how much of it.
 *
 * @param mostBytes in UTF-8; a larger output is left out. Below 0: nothing is kept
 */
public record PayloadCapturePolicy(int mostBytes) {
    public static final PayloadCapturePolicy NOTHING = new PayloadCapturePolicy(-1);

    public boolean isOn() {
        return mostBytes >= 0;
    }

    /** Whether an output is kept. A character is a byte at least; only if that is not too much are they counted. */
    boolean fits(String json) {
        return json.length() <= mostBytes && Utils.utf8Length(json) <= mostBytes;
    }

    public TaskOutput of(StatusEvent event, TaskStatusEvent in) {
        if (!isOn() || !event.status().isTerminal()) {
            return TaskOutput.NONE;
        }
        TaskOutput all = PayloadRecords.of(in);
        return all.output().filter(json -> !fits(json)).isPresent() ? all.withoutOutput() : all;
    }
}

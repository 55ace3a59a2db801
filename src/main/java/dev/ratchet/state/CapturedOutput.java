package dev.ratchet.state;

import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import java.util.List;
import java.util.Optional;

/**
 * The captured output of a task's end, and which end it belongs to.
 *
 * @param epoch the epoch that ended
 * @param status how it ended
 * @param sequence of the latest report that changed the payload
 */
public record CapturedOutput(int epoch, TaskStatus status, long sequence, TaskOutput payload) {
    /** The first release writes 4. */
    static final StateFormat FORMAT = new StateFormat("captured output", 4, 4);

    private static final TaskStatus[] STATUSES = TaskStatus.values();

    /** Whether this belongs to the task's current end. The same end may be reported again with another sequence. */
    public boolean isCurrentEndOf(TaskState task) {
        return epoch == task.epoch().number() && status == task.current().status();
    }

    byte[] toBytes() {
        VarintWriter out = new VarintWriter();
        out.number(epoch);
        out.list(List.of(status), ended -> out.number(TaskStateCodec.ordinal(ended)));
        out.number(sequence).number(payload.complete() ? 1 : 0);
        out.list(payload.output().map(List::of).orElse(List.of()), out::text);
        out.text(payload.externalOutputPath()).text(payload.workerId());
        return out.text(payload.reasonForIncompletion())
                .text(payload.subWorkflowId())
                .take(FORMAT);
    }

    static CapturedOutput of(byte[] bytes) {
        return VarintReader.readAll(bytes, FORMAT, in -> {
            int epoch = in.count();
            TaskStatus status = in.list(() -> STATUSES[in.count()]).get(0);
            long sequence = in.number();
            boolean complete = in.count() == 1;
            Optional<String> output = in.list(in::text).stream().findFirst();
            return new CapturedOutput(
                    epoch,
                    status,
                    sequence,
                    new TaskOutput(output, in.text(), in.text(), in.text(), in.text(), complete));
        });
    }
}

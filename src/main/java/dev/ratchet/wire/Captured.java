package dev.ratchet.wire;

import dev.ratchet.task.Payload;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import java.util.List;
import java.util.Optional;

/**
 * What a task's end left behind, and which end that was.
 *
 * @param epoch the life that ended
 * @param status how it ended
 * @param sequence of the latest report that changed the payload
 */
public record Captured(int epoch, TaskStatus status, long sequence, Payload payload) {
    /** 4 is that of the first release. */
    static final StoredFormat FORMAT = new StoredFormat("captured output", 4, 4);

    private static final TaskStatus[] STATUSES = TaskStatus.values();

    /** Whether this is the task's current end. The same end may be reported again with another sequence. */
    public boolean isCurrentEndOf(TaskState task) {
        return epoch == task.epoch().number() && status == task.standing().status();
    }

    byte[] toBytes() {
        Packer out = new Packer();
        out.number(epoch);
        out.list(List.of(status), ended -> out.number(StateCodec.place(ended)));
        out.number(sequence).number(payload.complete() ? 1 : 0);
        out.list(payload.output().map(List::of).orElse(List.of()), out::text);
        out.text(payload.externalOutputPath()).text(payload.workerId());
        return out.text(payload.reasonForIncompletion())
                .text(payload.subWorkflowId())
                .take(FORMAT);
    }

    static Captured of(byte[] bytes) {
        return Unpacker.whole(bytes, FORMAT, in -> {
            int epoch = in.count();
            TaskStatus status = in.list(() -> STATUSES[in.count()]).get(0);
            long sequence = in.number();
            boolean complete = in.count() == 1;
            Optional<String> output = in.list(in::text).stream().findFirst();
            return new Captured(
                    epoch, status, sequence, new Payload(output, in.text(), in.text(), in.text(), in.text(), complete));
        });
    }
}

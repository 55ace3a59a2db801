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
 * @param status how it ended; empty where format 2 was written, which did not say
 * @param sequence of the latest report that changed the payload
 */
public record Captured(int epoch, Optional<TaskStatus> status, long sequence, Payload payload) {
    private static final int VERSION = 4;
    private static final int WITHOUT_STATUS = 2;
    private static final int TELLS_IF_COMPLETE = 4;
    private static final TaskStatus[] STATUSES = TaskStatus.values();

    public Captured(int epoch, TaskStatus status, long sequence, Payload payload) {
        this(epoch, Optional.of(status), sequence, payload);
    }

    /**
     * Whether this is the task's current end. The same end may be reported again with a lower sequence, so the sequence
     * counts only where the status is unknown.
     */
    public boolean isCurrentEndOf(TaskState task) {
        return epoch == task.epoch().number()
                && status.map(ended -> ended == task.standing().status())
                        .orElseGet(() -> sequence == task.standing().sequence());
    }

    byte[] toBytes() {
        Packer out = new Packer();
        out.number(epoch);
        out.list(status.map(List::of).orElse(List.of()), ended -> out.number(StateCodec.place(ended)));
        out.number(sequence).number(payload.complete() ? 1 : 0);
        out.list(payload.output().map(List::of).orElse(List.of()), out::text);
        out.text(payload.externalOutputPath()).text(payload.workerId());
        return out.text(payload.reasonForIncompletion())
                .text(payload.subWorkflowId())
                .take(VERSION);
    }

    static Captured of(byte[] bytes) {
        return Unpacker.whole(bytes, WITHOUT_STATUS, VERSION, in -> {
            int epoch = in.count();
            Optional<TaskStatus> status = in.version() == WITHOUT_STATUS
                    ? Optional.empty()
                    : in.list(() -> STATUSES[in.count()]).stream().findFirst();
            long sequence = in.number();
            boolean complete = in.version() < TELLS_IF_COMPLETE || in.count() == 1;
            Optional<String> output = in.list(in::text).stream().findFirst();
            return new Captured(
                    epoch, status, sequence, new Payload(output, in.text(), in.text(), in.text(), in.text(), complete));
        });
    }
}

package dev.ratchet.wire;

import dev.ratchet.task.Payload;
import java.util.List;
import java.util.Optional;

/**
 * What a task's end left behind, and which end that was.
 *
 * @param epoch the life that ended
 * @param sequence of the end
 */
public record Captured(int epoch, long sequence, Payload payload) {
    private static final int VERSION = 2;

    byte[] toBytes() {
        Packer out = new Packer();
        out.number(epoch).number(sequence);
        out.list(payload.output().map(List::of).orElse(List.of()), out::text);
        out.text(payload.externalOutputPath()).text(payload.workerId());
        return out.text(payload.reasonForIncompletion())
                .text(payload.subWorkflowId())
                .take(VERSION);
    }

    static Captured of(byte[] bytes) {
        return Unpacker.whole(bytes, VERSION, in -> {
            int epoch = in.count();
            long sequence = in.number();
            Optional<String> output = in.list(in::text).stream().findFirst();
            return new Captured(epoch, sequence, new Payload(output, in.text(), in.text(), in.text(), in.text()));
        });
    }
}

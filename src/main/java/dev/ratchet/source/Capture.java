package dev.ratchet.source;

import dev.ratchet.task.Payload;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.v1.TaskStatusEvent;
import dev.ratchet.wire.PayloadRecords;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;

/**
 * Whether what a task's end leaves behind is kept, and how much of it.
 *
 * @param mostBytes in UTF-8; a larger output is left out. Below 0: nothing is kept
 */
public record Capture(int mostBytes) {
    public static final Capture NOTHING = new Capture(-1);

    boolean isOn() {
        return mostBytes >= 0;
    }

    Optional<String> output(String json) {
        // A character is a byte at least; only if that is not too much are they counted.
        boolean fits = json.length() <= mostBytes && Utils.utf8Length(json) <= mostBytes;
        return fits ? Optional.of(json) : Optional.empty();
    }

    Payload of(StatusEvent event, TaskStatusEvent in) {
        if (!isOn() || !event.status().isTerminal()) {
            return Payload.NONE;
        }
        Payload all = PayloadRecords.of(in);
        return all.withOutput(all.output().flatMap(this::output));
    }
}

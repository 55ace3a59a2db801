package dev.ratchet.state;

import dev.ratchet.task.TaskStatus;
import java.util.concurrent.atomic.AtomicLongArray;

/** Encodes the number of tasks by status for the store, in the order of the statuses. Not thread-safe. */
public final class StatusCountsCodec {
    static final StateFormat FORMAT = new StateFormat("the number of tasks by status", 1, 1);

    private static final int STATUSES = TaskStatus.values().length;

    private final VarintWriter out = new VarintWriter();

    /**
     * Encodes them.
     *
     * @param counts one for each status, by its ordinal
     */
    public byte[] write(AtomicLongArray counts) {
        out.number(STATUSES);
        for (int status = 0; status < STATUSES; status++) {
            out.number(counts.get(status));
        }
        return out.take(FORMAT);
    }

    /**
     * Decodes them. {@return one count for each status, by its ordinal}
     *
     * @throws UnreadableStateException if the format is unknown, or the bytes are damaged
     */
    public static long[] read(byte[] bytes) {
        return VarintReader.readAll(bytes, FORMAT, in -> {
            long[] counts = new long[STATUSES];
            int written = in.count();
            for (int status = 0; status < written; status++) {
                counts[status] = in.number();
            }
            return counts;
        });
    }
}

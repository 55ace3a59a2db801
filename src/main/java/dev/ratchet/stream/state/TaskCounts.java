package dev.ratchet.stream.state;

import dev.ratchet.state.StatusCountsCodec;
import dev.ratchet.state.UnreadableStateException;
import dev.ratchet.task.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The number of tasks of one partition by current status. One entry in the store of the timers holds them; it is
 * written before a commit, in its transaction, if a number has changed.
 *
 * <p>The stream thread writes; any thread may read.
 */
final class TaskCounts {
    private static final Bytes COUNTS = PartitionValue.TASK_COUNTS.key();

    private final StatusCountsCodec codec = new StatusCountsCodec();
    private final AtomicLongArray counts = new AtomicLongArray(TaskStatus.values().length);
    private volatile boolean isComplete;
    private boolean isChanged;

    /** While a walk counts all tasks: the id of the last one in UTF-8, which orders the store. Later ones do not count yet. */
    private byte @Nullable [] walkedTo;

    /** @param hasTasks whether the partition has any task */
    TaskCounts(TimerStore store, boolean hasTasks) {
        byte[] kept = store.get(COUNTS);
        isComplete = kept == null ? !hasTasks : isRead(kept);
        store.writeBeforeCommit(COUNTS, this::takeChanged);
    }

    /** Those of a later version are counted anew. */
    private boolean isRead(byte[] kept) {
        try {
            long[] read = StatusCountsCodec.read(kept);
            for (int status = 0; status < read.length; status++) {
                counts.set(status, read[status]);
            }
            return true;
        } catch (UnreadableStateException later) {
            return false;
        }
    }

    /** Whether all tasks are counted; if not, a walk over them must count them. */
    boolean isComplete() {
        return isComplete;
    }

    /** {@return the number of tasks with this current status} */
    long of(TaskStatus status) {
        return counts.get(code(status));
    }

    /**
     * A task has another status.
     *
     * @param before null if the task is new
     * @param after null if the task is forgotten
     */
    void change(String taskId, @Nullable TaskStatus before, @Nullable TaskStatus after) {
        if (before != after && (isComplete || isWalked(taskId))) {
            add(before, -1);
            add(after, 1);
            isChanged = true;
        }
    }

    /** Begins to count all tasks anew. */
    void restart() {
        isComplete = false;
        walkedTo = null;
        for (int status = 0; status < counts.length(); status++) {
            counts.lazySet(status, 0);
        }
    }

    /** Counts the next task of a walk in the order of the store. */
    void walk(String taskId, TaskStatus status) {
        walkedTo = utf8(taskId);
        add(status, 1);
    }

    /** All tasks are counted. */
    void complete() {
        walkedTo = null;
        isChanged = true;
        isComplete = true;
    }

    private byte @Nullable [] takeChanged() {
        if (!isChanged || !isComplete) {
            return null;
        }
        isChanged = false;
        return codec.write(counts);
    }

    private boolean isWalked(String taskId) {
        return walkedTo != null && Arrays.compareUnsigned(utf8(taskId), walkedTo) <= 0;
    }

    private void add(@Nullable TaskStatus status, int difference) {
        if (status != null) {
            counts.lazySet(code(status), counts.get(code(status)) + difference);
        }
    }

    private static byte[] utf8(String taskId) {
        return taskId.getBytes(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("EnumOrdinal") // ReleasedFormatsTest checks the ordinals
    private static int code(TaskStatus status) {
        return status.ordinal();
    }
}

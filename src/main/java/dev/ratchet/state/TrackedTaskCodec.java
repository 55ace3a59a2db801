package dev.ratchet.state;

import dev.ratchet.task.deadline.TrackedTask;

/**
 * Encodes a task with its deadlines for the store: the state by {@link TaskStateCodec}, then the times, then the count.
 * Not thread-safe.
 */
public final class TrackedTaskCodec {
    private static final long NEVER = 0;

    private final TaskStateCodec states = new TaskStateCodec();

    public byte[] write(TrackedTask tracked) {
        return append(tracked).take(TaskStateCodec.FORMAT);
    }

    /** Appends a task; the caller may append more. */
    VarintWriter append(TrackedTask tracked) {
        long base = tracked.lastEventAt();
        return states.append(tracked.task())
                .number(base)
                .number(distance(tracked.repairAt(), base))
                .number(distance(tracked.dropOutputAt(), base))
                .number(distance(tracked.nextCheckAt(), base))
                .number(distance(tracked.nextAuditAt(), base))
                .number(tracked.notFoundCount());
    }

    /** {@return the task} Throws UnreadableStateException if the format is unknown, or the bytes are damaged. */
    public TrackedTask read(byte[] bytes) {
        return VarintReader.readAll(bytes, TaskStateCodec.FORMAT, TrackedTaskCodec::tracked);
    }

    static TrackedTask tracked(VarintReader in) {
        var task = TaskStateCodec.state(in);
        long base = in.number();
        return new TrackedTask(
                task,
                base,
                time(in.number(), base),
                time(in.number(), base),
                time(in.number(), base),
                time(in.number(), base),
                in.count());
    }

    /** Times are close to each other, so distances take a few bytes. 0 is for times that are not set. */
    private static long distance(long time, long base) {
        if (time == TrackedTask.NEVER) {
            return NEVER;
        }
        return time >= base ? time - base + 1 : time - base;
    }

    private static long time(long distance, long base) {
        if (distance == NEVER) {
            return TrackedTask.NEVER;
        }
        return distance > 0 ? base + distance - 1 : base + distance;
    }
}

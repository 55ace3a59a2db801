package dev.ratchet.state;

import dev.ratchet.task.deadline.TrackedTask;

/** The form in which a task and its deadlines lie in the store: {@link TaskStateCodec}'s, then the times, then the count. Not thread-safe. */
public final class TrackedTaskCodec {
    private static final long NEVER = 0;

    private final TaskStateCodec states = new TaskStateCodec();

    /** The task as bytes. */
    public byte[] write(TrackedTask tracked) {
        return append(tracked).take(TaskStateCodec.FORMAT);
    }

    /** The task at the beginning of bytes that go on. */
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

    /**
     * The task that these bytes hold.
     *
     * @throws UnreadableStateException if they are of a format that is not read, or broken
     */
    public TrackedTask read(byte[] bytes) {
        return VarintReader.whole(bytes, TaskStateCodec.FORMAT, TrackedTaskCodec::tracked);
    }

    /** The task that {@link #append} packed. */
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

    /** Times lie near each other, so this takes a few bytes; zero, which is free, is for those that are not set. */
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

package dev.ratchet.wire;

import dev.ratchet.watch.Watched;

/** The form in which a task and its deadlines lie in the store: {@link StateCodec}'s, then the times, then the count. Not thread-safe. */
public final class WatchedCodec {
    private static final long NEVER = 0;

    private final StateCodec states = new StateCodec();

    /** The task as bytes. */
    public byte[] write(Watched watched) {
        return append(watched).take(StateCodec.FORMAT);
    }

    /** The task at the beginning of bytes that go on. */
    Packer append(Watched watched) {
        long base = watched.heardAt();
        return states.append(watched.task())
                .number(base)
                .number(distance(watched.settleAt(), base))
                .number(distance(watched.dropAt(), base))
                .number(distance(watched.due(), base))
                .number(distance(watched.auditDue(), base))
                .number(watched.notFound());
    }

    /**
     * The task that these bytes hold.
     *
     * @throws UnreadableStateException if they are of a format that is not read, or broken
     */
    public Watched read(byte[] bytes) {
        return Unpacker.whole(bytes, StateCodec.FORMAT, WatchedCodec::watched);
    }

    /** The task that {@link #append} packed. */
    static Watched watched(Unpacker in) {
        var task = StateCodec.state(in);
        long base = in.number();
        return new Watched(
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
        if (time == Watched.NEVER) {
            return NEVER;
        }
        return time >= base ? time - base + 1 : time - base;
    }

    private static long time(long distance, long base) {
        if (distance == NEVER) {
            return Watched.NEVER;
        }
        return distance > 0 ? base + distance - 1 : base + distance;
    }
}

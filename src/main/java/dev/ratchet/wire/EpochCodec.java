package dev.ratchet.wire;

import dev.ratchet.task.Ending;
import dev.ratchet.task.Epoch;
import dev.ratchet.task.EpochGround;
import dev.ratchet.task.LifeKey;
import dev.ratchet.task.Mark;
import dev.ratchet.task.OldLife;
import dev.ratchet.task.Reach;
import dev.ratchet.task.TaskStatus;

/** The part of {@link StateCodec} that tells the lives of a task apart. */
final class EpochCodec {
    private static final TaskStatus[] STATUSES = TaskStatus.values();
    private static final EpochGround[] GROUNDS = EpochGround.values();
    private static final int TIMES = 4;

    private EpochCodec() {}

    static void write(Epoch epoch, Mark opening, Packer out) {
        out.number(epoch.number()).number(StateCodec.place(epoch.ground()));
        write(epoch.key(), out);
        out.number(epoch.polls());
        write(epoch.reach(), epoch.key(), out);
        out.list(epoch.closed(), life -> {
            write(life.key(), out);
            write(life.reach(), life.key(), out);
        });
        out.list(epoch.endings(), end -> {
            out.number(StateCodec.place(end.status())).number(end.endTime()).number(end.startTime());
            out.number(end.pollCount()).number(end.sequence() - opening.sequence());
        });
    }

    static Epoch read(Unpacker in, Mark opening) {
        int number = in.count();
        EpochGround ground = GROUNDS[in.count()];
        LifeKey key = key(in);
        return new Epoch(
                number,
                ground,
                opening,
                key,
                in.count(),
                reach(in, key),
                in.list(() -> oldLife(in)),
                in.list(() -> new Ending(
                        STATUSES[in.count()], in.number(), in.number(), in.count(), in.number() + opening.sequence())));
    }

    static void write(LifeKey key, Packer out) {
        out.number(key.scheduledTime()).number(key.retryCount());
    }

    static LifeKey key(Unpacker in) {
        return new LifeKey(in.number(), in.count());
    }

    private static OldLife oldLife(Unpacker in) {
        LifeKey key = key(in);
        return new OldLife(key, reach(in, key));
    }

    /** One bit for each time that was told, then these as distances from when the life was scheduled. */
    private static void write(Reach reach, LifeKey life, Packer out) {
        long[] times = {reach.started(), reach.ended(), reach.carried(), reach.rerun()};
        int told = 0;
        for (int i = 0; i < TIMES; i++) {
            told |= times[i] == LifeKey.NO_TIME ? 0 : 1 << i;
        }
        out.number(reach.polls()).number(told);
        for (long time : times) {
            if (time != LifeKey.NO_TIME) {
                out.number(time - life.scheduledTime());
            }
        }
    }

    private static Reach reach(Unpacker in, LifeKey life) {
        int polls = in.count();
        int told = in.count();
        long[] times = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            times[i] = (told & 1 << i) == 0 ? LifeKey.NO_TIME : in.number() + life.scheduledTime();
        }
        return new Reach(polls, times[0], times[1], times[2], times[3]);
    }
}

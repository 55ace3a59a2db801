package dev.ratchet.state;

import dev.ratchet.task.ClosedEpoch;
import dev.ratchet.task.Epoch;
import dev.ratchet.task.EpochDecision;
import dev.ratchet.task.EpochHighWaterMarks;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.Observation;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.TerminalReport;

/** The part of {@link TaskStateCodec} that tells the lives of a task apart. */
final class EpochCodec {
    private static final TaskStatus[] STATUSES = TaskStatus.values();
    private static final EpochDecision[] GROUNDS = EpochDecision.values();
    private static final int TIMES = 4;

    private EpochCodec() {}

    static void write(Epoch epoch, Observation opening, VarintWriter out) {
        out.number(epoch.number()).number(TaskStateCodec.place(epoch.decision()));
        write(epoch.key(), out);
        out.number(epoch.polls());
        write(epoch.highWaterMarks(), epoch.key(), out);
        out.list(epoch.closed(), epochState -> {
            write(epochState.key(), out);
            write(epochState.highWaterMarks(), epochState.key(), out);
        });
        out.list(epoch.terminalReports(), end -> {
            out.number(TaskStateCodec.place(end.status())).number(end.endTime()).number(end.startTime());
            out.number(end.pollCount()).number(end.sequence() - opening.sequence());
        });
    }

    static Epoch read(VarintReader in, Observation opening) {
        int number = in.count();
        EpochDecision decision = GROUNDS[in.count()];
        EpochKey key = key(in);
        return new Epoch(
                number,
                decision,
                opening,
                key,
                in.count(),
                highWaterMarks(in, key),
                in.list(() -> oldLife(in)),
                in.list(() -> new TerminalReport(
                        STATUSES[in.count()], in.number(), in.number(), in.count(), in.number() + opening.sequence())));
    }

    static void write(EpochKey key, VarintWriter out) {
        out.number(key.scheduledTime()).number(key.retryCount());
    }

    static EpochKey key(VarintReader in) {
        return new EpochKey(in.number(), in.count());
    }

    private static ClosedEpoch oldLife(VarintReader in) {
        EpochKey key = key(in);
        return new ClosedEpoch(key, highWaterMarks(in, key));
    }

    /** One bit for each time that was told, then these as distances from when the life was scheduled. */
    private static void write(EpochHighWaterMarks highWaterMarks, EpochKey epochState, VarintWriter out) {
        long[] times = {
            highWaterMarks.started(), highWaterMarks.ended(), highWaterMarks.carried(), highWaterMarks.rerun()
        };
        int told = 0;
        for (int i = 0; i < TIMES; i++) {
            told |= times[i] == EpochKey.NO_TIME ? 0 : 1 << i;
        }
        out.number(highWaterMarks.polls()).number(told);
        for (long time : times) {
            if (time != EpochKey.NO_TIME) {
                out.number(time - epochState.scheduledTime());
            }
        }
    }

    private static EpochHighWaterMarks highWaterMarks(VarintReader in, EpochKey epochState) {
        int polls = in.count();
        int told = in.count();
        long[] times = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            times[i] = (told & 1 << i) == 0 ? EpochKey.NO_TIME : in.number() + epochState.scheduledTime();
        }
        return new EpochHighWaterMarks(polls, times[0], times[1], times[2], times[3]);
    }
}

package dev.ratchet.state;

import dev.ratchet.task.ClosedEpoch;
import dev.ratchet.task.Epoch;
import dev.ratchet.task.EpochDecision;
import dev.ratchet.task.EpochHighWaterMarks;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.Observation;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.TerminalReport;

/** The part of {@link TaskStateCodec} for epochs. */
final class EpochCodec {
    private static final TaskStatus[] STATUSES = TaskStatus.values();
    private static final EpochDecision[] DECISIONS = EpochDecision.values();
    private static final int TIMES = 4;

    private EpochCodec() {}

    static void write(Epoch epoch, Observation opening, VarintWriter out) {
        out.number(epoch.number()).number(TaskStateCodec.ordinal(epoch.decision()));
        write(epoch.key(), out);
        out.number(epoch.polls());
        write(epoch.highWaterMarks(), epoch.key(), out);
        out.list(epoch.closed(), earlier -> {
            write(earlier.key(), out);
            write(earlier.highWaterMarks(), earlier.key(), out);
        });
        out.list(epoch.terminalReports(), end -> {
            out.number(TaskStateCodec.ordinal(end.status()))
                    .number(end.endTime())
                    .number(end.startTime());
            out.number(end.pollCount()).number(end.sequence() - opening.sequence());
        });
    }

    static Epoch read(VarintReader in, Observation opening) {
        int number = in.count();
        EpochDecision decision = DECISIONS[in.count()];
        EpochKey key = key(in);
        return new Epoch(
                number,
                decision,
                opening,
                key,
                in.count(),
                highWaterMarks(in, key),
                in.list(() -> closedEpoch(in)),
                in.list(() -> new TerminalReport(
                        STATUSES[in.count()], in.number(), in.number(), in.count(), in.number() + opening.sequence())));
    }

    static void write(EpochKey key, VarintWriter out) {
        out.number(key.scheduledTime()).number(key.retryCount());
    }

    static EpochKey key(VarintReader in) {
        return new EpochKey(in.number(), in.count());
    }

    private static ClosedEpoch closedEpoch(VarintReader in) {
        EpochKey key = key(in);
        return new ClosedEpoch(key, highWaterMarks(in, key));
    }

    /** Writes one bit for each known time, then the known times as distances from the epoch's scheduledTime. */
    private static void write(EpochHighWaterMarks highWaterMarks, EpochKey epochKey, VarintWriter out) {
        long[] times = {
            highWaterMarks.started(), highWaterMarks.ended(), highWaterMarks.carried(), highWaterMarks.rerun()
        };
        int present = 0;
        for (int i = 0; i < TIMES; i++) {
            present |= times[i] == EpochKey.NO_TIME ? 0 : 1 << i;
        }
        out.number(highWaterMarks.polls()).number(present);
        for (long time : times) {
            if (time != EpochKey.NO_TIME) {
                out.number(time - epochKey.scheduledTime());
            }
        }
    }

    private static EpochHighWaterMarks highWaterMarks(VarintReader in, EpochKey epochKey) {
        int polls = in.count();
        int present = in.count();
        long[] times = new long[TIMES];
        for (int i = 0; i < TIMES; i++) {
            times[i] = (present & 1 << i) == 0 ? EpochKey.NO_TIME : in.number() + epochKey.scheduledTime();
        }
        return new EpochHighWaterMarks(polls, times[0], times[1], times[2], times[3]);
    }
}

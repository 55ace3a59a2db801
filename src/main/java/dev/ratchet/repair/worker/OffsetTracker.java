package dev.ratchet.repair.worker;

import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * How far one partition has been worked off. Repairs go before audits, so not in the order of offsets. What is committed
 * never passes a repair that is not done. It passes audits only where a repair behind them is done: better to lose a
 * question that will be put again than to have a repair carried out twice.
 */
final class OffsetTracker {
    private final NavigableSet<Long> repairs = new TreeSet<>();
    private final NavigableSet<Long> audits = new TreeSet<>();
    private long next;
    private long afterRepair;
    private long committed = -1;

    /** A record was read, and there is something to do. */
    void start(long offset, boolean repair) {
        (repair ? repairs : audits).add(offset);
        next = offset + 1;
    }

    /** A record was read, and there is nothing to do. */
    void skip(long offset) {
        next = offset + 1;
    }

    void complete(long offset) {
        audits.remove(offset);
        if (repairs.remove(offset)) {
            afterRepair = Math.max(afterRepair, offset + 1);
        }
    }

    /** The offset to commit, if it has moved since {@link #markCommitted}. */
    OptionalLong committable() {
        long openRepair = repairs.isEmpty() ? next : repairs.first();
        long openAudit = audits.isEmpty() ? next : audits.first();
        long upTo = Math.min(openRepair, Math.max(openAudit, afterRepair));
        return upTo > committed && upTo > 0 ? OptionalLong.of(upTo) : OptionalLong.empty();
    }

    void markCommitted(long offset) {
        committed = offset;
    }
}

package dev.ratchet.repair.worker;

import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Tracks completed commands of one partition. Since repairs go before audits, they complete out of offset order. The
 * committed offset never passes an open repair. It passes open audits only if a repair behind them is completed: a lost
 * audit comes again, but a repair must not be executed twice.
 */
final class OffsetTracker {
    private final NavigableSet<Long> repairs = new TreeSet<>();
    private final NavigableSet<Long> audits = new TreeSet<>();
    private long next;
    private long afterRepair;
    private long committed = -1;

    void start(long offset, boolean repair) {
        (repair ? repairs : audits).add(offset);
        next = offset + 1;
    }

    /** A record was read that is no command to execute. */
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

package dev.ratchet.repair.worker;

import dev.ratchet.repair.AuditFinding;
import dev.ratchet.repair.RepairResult;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the results of repairs and audits since the start of the process. Thread-safe. */
public final class RepairCounters {
    private final Map<RepairResult.Outcome, LongAdder> repairs = adders(RepairResult.Outcome.class);
    private final Map<AuditFinding, LongAdder> audits = adders(AuditFinding.class);
    private final LongAdder secondExecutions = new LongAdder();
    private final LongAdder droppedRepairs = new LongAdder();
    private final LongAdder droppedAudits = new LongAdder();
    private final LongAdder unreadable = new LongAdder();

    void count(RepairResult result) {
        increment(repairs, result.outcome());
        if (result.secondExecutionPossible()) {
            secondExecutions.increment();
        }
    }

    void count(AuditFinding finding) {
        increment(audits, finding);
    }

    void countDroppedRepair() {
        droppedRepairs.increment();
    }

    void countDroppedAudit() {
        droppedAudits.increment();
    }

    void countUnreadable() {
        unreadable.increment();
    }

    /** Repairs with this outcome. */
    public long repairs(RepairResult.Outcome outcome) {
        return sum(repairs, outcome);
    }

    /** Repairs, of any outcome, of tasks that may have been executed twice. */
    public long secondExecutions() {
        return secondExecutions.sum();
    }

    /** Repairs without a result, since Conductor answered about other tasks only. */
    public long droppedRepairs() {
        return droppedRepairs.sum();
    }

    /** Audits with this finding. */
    public long audits(AuditFinding finding) {
        return sum(audits, finding);
    }

    /** Audits that were dropped before Conductor was asked, since the next one was due. */
    public long droppedAudits() {
        return droppedAudits.sum();
    }

    /** Commands that were skipped, since they cannot be read. */
    public long unreadable() {
        return unreadable.sum();
    }

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> kinds) {
        Map<E, LongAdder> adders = new EnumMap<>(kinds);
        for (E kind : kinds.getEnumConstants()) {
            adders.put(kind, new LongAdder());
        }
        return adders;
    }

    private static <E extends Enum<E>> void increment(Map<E, LongAdder> adders, E kind) {
        adders.getOrDefault(kind, new LongAdder()).increment();
    }

    private static <E extends Enum<E>> long sum(Map<E, LongAdder> adders, E kind) {
        return adders.getOrDefault(kind, new LongAdder()).sum();
    }
}

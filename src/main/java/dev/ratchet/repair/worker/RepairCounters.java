package dev.ratchet.repair.worker;

import dev.ratchet.repair.AuditFinding;
import dev.ratchet.repair.RepairResult;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts since the start of the process. Thread-safe. */
public final class RepairCounters {
    /** What is counted beside the {@link RepairResult.Outcome outcomes} of repairs and the {@link AuditFinding findings} of audits. */
    public enum Other {

        /** Repairs, of any outcome, of tasks that may have been executed twice. */
        SECOND_EXECUTION,

        /** Repairs without a result, since Conductor answered about other tasks only. */
        DROPPED_REPAIR,

        /** Audits that were dropped before Conductor was asked, since the next one was due. */
        DROPPED_AUDIT,

        /** Commands that were skipped, since they cannot be read. */
        UNREADABLE_COMMAND
    }

    private final Map<Enum<?>, LongAdder> counts = new ConcurrentHashMap<>();

    void count(RepairResult result) {
        count(result.outcome());
        if (result.secondExecutionPossible()) {
            count(Other.SECOND_EXECUTION);
        }
    }

    /** @param kind an outcome of repairs, a finding of audits, or {@link Other} */
    void count(Enum<?> kind) {
        counts.computeIfAbsent(kind, one -> new LongAdder()).increment();
    }

    public long get(Enum<?> kind) {
        return counts.getOrDefault(kind, new LongAdder()).sum();
    }
}

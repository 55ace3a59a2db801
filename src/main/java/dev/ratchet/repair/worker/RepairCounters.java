package dev.ratchet.repair.worker;

import dev.ratchet.metrics.EnumCounters;
import dev.ratchet.repair.AuditFinding;
import dev.ratchet.repair.RepairResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Counts the results of repairs and audits. Thread-safe. */
public class RepairCounters {
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

    private final Map<Enum<?>, Counter> counters = new HashMap<>();

    public RepairCounters(MeterRegistry registry) {
        counters.putAll(EnumCounters.register(
                registry, "ratchet.repairs", "Repairs by result", RepairResult.Outcome.class, "result"));
        counters.putAll(
                EnumCounters.register(registry, "ratchet.audits", "Audits by finding", AuditFinding.class, "finding"));
        counters.putAll(EnumCounters.register(
                registry,
                "ratchet.repair.worker.incidents",
                "Second executions, dropped commands and unreadable commands",
                Other.class,
                "kind"));
    }

    void count(RepairResult result) {
        count(result.outcome());
        if (result.secondExecutionPossible()) {
            count(Other.SECOND_EXECUTION);
        }
    }

    /** @param kind an outcome of repairs, a finding of audits, or {@link Other} */
    void count(Enum<?> kind) {
        Objects.requireNonNull(counters.get(kind)).increment();
    }
}

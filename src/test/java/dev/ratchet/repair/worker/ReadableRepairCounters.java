package dev.ratchet.repair.worker;

import dev.ratchet.metrics.Meters;
import dev.ratchet.repair.AuditFinding;
import dev.ratchet.repair.RepairResult;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Repair counters that a test reads. */
final class ReadableRepairCounters extends RepairCounters {
    private final MeterRegistry registry;

    ReadableRepairCounters() {
        this(new SimpleMeterRegistry());
    }

    private ReadableRepairCounters(MeterRegistry registry) {
        super(registry);
        this.registry = registry;
    }

    long get(RepairResult.Outcome outcome) {
        return Meters.count(registry, "ratchet.repairs", "result", outcome.name());
    }

    long get(AuditFinding finding) {
        return Meters.count(registry, "ratchet.audits", "finding", finding.name());
    }

    long get(Other kind) {
        return Meters.count(registry, "ratchet.repair.worker.incidents", "kind", kind.name());
    }
}

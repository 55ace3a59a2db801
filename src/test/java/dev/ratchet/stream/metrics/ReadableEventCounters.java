package dev.ratchet.stream.metrics;

import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.metrics.Meters;
import dev.ratchet.task.Alert;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.AlertKind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Event counters that a test reads. */
public final class ReadableEventCounters extends EventCounters {
    private final MeterRegistry registry;

    public ReadableEventCounters() {
        this(new SimpleMeterRegistry());
    }

    private ReadableEventCounters(MeterRegistry registry) {
        super(registry);
        this.registry = registry;
    }

    public long events(EventSource source, OutcomeKind kind) {
        return Meters.count(registry, "ratchet.events", "source", source.name(), "outcome", kind.name());
    }

    public long events(OutcomeKind kind) {
        return Meters.count(registry, "ratchet.events", "outcome", kind.name());
    }

    public long deadLetters(DeadLetterCategory category) {
        return Meters.count(registry, "ratchet.dead.letters", "category", category.name());
    }

    public long answers(RepairState.Result result) {
        return Meters.count(registry, "ratchet.repair.results", "result", result.name());
    }

    public long refusedWrites() {
        return Meters.count(registry, "ratchet.guard.refused.writes");
    }

    public long unansweredRepairs() {
        return Meters.count(registry, "ratchet.repairs.unanswered");
    }

    public long skippedAudits() {
        return Meters.count(registry, "ratchet.audits.skipped");
    }

    public long deferred() {
        return Meters.count(registry, "ratchet.records.deferred");
    }

    public long alerts(AlertKind kind, Alert.Phase phase) {
        return Meters.count(registry, "ratchet.alerts", "kind", kind.name(), "phase", phase.name());
    }

    /** {@return the changes that were measured} */
    public Timer endToEnd() {
        return registry.get("ratchet.end.to.end").timer();
    }

    public long tasks(TaskStatus status) {
        return Meters.gauge(registry, "ratchet.tasks", "status", status.name());
    }

    public long openAlerts(AlertKind kind) {
        return Meters.gauge(registry, "ratchet.alerts.open", "kind", kind.name());
    }

    /** {@return by partition, whether its timers are enabled} */
    public Map<Integer, Boolean> timersEnabled() {
        return registry.find("ratchet.timers.enabled").gauges().stream()
                .collect(Collectors.toMap(
                        gauge -> Integer.valueOf(
                                Objects.requireNonNull(gauge.getId().getTag("partition"))),
                        gauge -> gauge.value() == 1));
    }

    /** All records read: each has one outcome. */
    public long read() {
        return Meters.count(registry, "ratchet.events")
                + Meters.count(registry, "ratchet.dead.letters")
                + Meters.count(registry, "ratchet.repair.results")
                + refusedWrites();
    }
}

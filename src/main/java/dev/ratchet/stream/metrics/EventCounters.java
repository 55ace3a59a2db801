package dev.ratchet.stream.metrics;

import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.metrics.EnumCounters;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.RepairState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Counts the outcome of every record read: accepted, unchanged, rejected, ignored or dead-lettered. One for all threads
 * of the stream. Counts what was processed, which after a failure is more than what was committed.
 */
public class EventCounters {
    private enum Other {
        REFUSED_WRITE,
        UNANSWERED_REPAIR,
        SKIPPED_AUDIT,
        DEFERRED
    }

    private final Map<EventSource, Map<OutcomeKind, Counter>> events = new EnumMap<>(EventSource.class);
    private final Map<Enum<?>, Counter> others = new HashMap<>();

    public EventCounters(MeterRegistry registry) {
        for (EventSource source : EventSource.values()) {
            events.put(
                    source,
                    EnumCounters.register(
                            registry,
                            "ratchet.events",
                            "Status events by what became of them",
                            OutcomeKind.class,
                            "outcome",
                            "source",
                            source.name()));
        }
        others.putAll(EnumCounters.register(
                registry,
                "ratchet.dead.letters",
                "Records that could not be processed",
                DeadLetterCategory.class,
                "category"));
        others.putAll(EnumCounters.register(
                registry,
                "ratchet.repair.results",
                "Results of repairs that the stream has read",
                RepairState.Result.class,
                "result"));
        register(
                registry,
                Other.REFUSED_WRITE,
                "ratchet.guard.refused.writes",
                "Stale writes that the guard in Conductor's database rejected");
        register(
                registry,
                Other.UNANSWERED_REPAIR,
                "ratchet.repairs.unanswered",
                "Repair commands without a result in time");
        register(
                registry,
                Other.SKIPPED_AUDIT,
                "ratchet.audits.skipped",
                "Ended tasks that were not audited because too many ended at once");
        register(
                registry,
                Other.DEFERRED,
                "ratchet.records.deferred",
                "Records that waited for their schema; they count again when they are processed");
    }

    private void register(MeterRegistry registry, Other kind, String name, String description) {
        others.put(kind, EnumCounters.register(registry, name, description));
    }

    public void count(EventSource source, OutcomeKind kind) {
        Objects.requireNonNull(Objects.requireNonNull(events.get(source)).get(kind))
                .increment();
    }

    public void count(DeadLetterCategory category) {
        increment(category);
    }

    public void count(RepairState.Result result) {
        increment(result);
    }

    public void countRefusedWrite() {
        increment(Other.REFUSED_WRITE);
    }

    public void countUnansweredRepair() {
        increment(Other.UNANSWERED_REPAIR);
    }

    public void countSkippedAudit() {
        increment(Other.SKIPPED_AUDIT);
    }

    public void countDeferred() {
        increment(Other.DEFERRED);
    }

    private void increment(Enum<?> kind) {
        Objects.requireNonNull(others.get(kind)).increment();
    }
}

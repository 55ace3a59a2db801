package dev.ratchet.stream.metrics;

import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.metrics.EnumCounters;
import dev.ratchet.task.Alert.Phase;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.RepairState;
import dev.ratchet.v1.AlertKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

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

    /** Upper bounds of the buckets: from a commit interval to a backlog of an hour. */
    private static final Duration[] END_TO_END = LongStream.of(
                    10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 3_600_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Map<EventSource, Map<OutcomeKind, Counter>> events = new EnumMap<>(EventSource.class);
    private final Map<AlertKind, Map<Phase, Counter>> alerts = new EnumMap<>(AlertKind.class);
    private final Map<Enum<?>, Counter> others = new HashMap<>();
    private final Timer endToEnd;
    private final PartitionGauges partitions;

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
        for (AlertKind kind : AlertKind.values()) {
            if (kind != AlertKind.UNKNOWN) {
                alerts.put(
                        kind,
                        EnumCounters.register(
                                registry,
                                "ratchet.alerts",
                                "Alerts that were opened or resolved",
                                Phase.class,
                                "phase",
                                "kind",
                                kind.name()));
            }
        }
        endToEnd = Timer.builder("ratchet.end.to.end")
                .description("From the timestamp of an input record until its change is forwarded")
                .serviceLevelObjectives(END_TO_END)
                .register(registry);
        partitions = new PartitionGauges(registry);
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

    public void count(AlertKind kind, Phase phase) {
        Objects.requireNonNull(Objects.requireNonNull(alerts.get(kind)).get(phase))
                .increment();
    }

    /**
     * Counts a change that is forwarded.
     *
     * @param took since the timestamp of its record, ms; 0 if that is later than now, by another clock
     */
    public void countChange(long took) {
        endToEnd.record(Math.max(0, took), TimeUnit.MILLISECONDS);
    }

    /** {@return the gauges of the partitions of this process} */
    public PartitionGauges partitions() {
        return partitions;
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

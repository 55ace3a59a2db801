package dev.ratchet.stream.metrics;

import dev.ratchet.stream.state.TaskIndex;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.AlertKind;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/**
 * Gauges of the partitions that this instance runs: their tasks by status, their open alerts, and whether their timers
 * are enabled. The sums over all instances are those of the application. Thread-safe.
 */
public final class PartitionGauges {
    private final MeterRegistry registry;
    private final Map<Integer, Assigned> assigned = new ConcurrentHashMap<>();
    private final Map<Integer, Gauge> timers = new HashMap<>();

    /** What {@link #assigned} began. */
    public static final class Assigned {
        private final int partition;
        private final TaskIndex index;
        private final BooleanSupplier timersEnabled;

        private Assigned(int partition, TaskIndex index, BooleanSupplier timersEnabled) {
            this.partition = partition;
            this.index = index;
            this.timersEnabled = timersEnabled;
        }
    }

    PartitionGauges(MeterRegistry registry) {
        this.registry = registry;
        for (TaskStatus status : TaskStatus.values()) {
            register(
                    "ratchet.tasks",
                    "Tracked tasks by current status, on the partitions of this instance",
                    "status",
                    status,
                    partition -> partition.index.tasks(status));
        }
        for (AlertKind kind : AlertKind.values()) {
            if (kind != AlertKind.UNKNOWN) {
                register(
                        "ratchet.alerts.open",
                        "Open alerts by kind, on the partitions of this instance",
                        "kind",
                        kind,
                        partition -> partition.index.openAlerts(kind));
            }
        }
    }

    private void register(String name, String description, String tag, Enum<?> value, ToLongFunction<Assigned> each) {
        Gauge.builder(
                        name,
                        assigned,
                        partitions ->
                                partitions.values().stream().mapToLong(each).sum())
                .description(description)
                .tag(tag, value.name())
                .strongReference(true)
                .register(registry);
    }

    /** Adds a partition. To be called by the stream thread that owns it. */
    public synchronized Assigned assigned(int partition, TaskIndex index, BooleanSupplier timersEnabled) {
        Assigned now = new Assigned(partition, index, timersEnabled);
        if (assigned.put(partition, now) == null) {
            timers.put(partition, timers(partition));
        }
        return now;
    }

    /** Ends what {@link #assigned} began. Has no effect if another thread owns the partition by now. */
    public synchronized void revoked(Assigned before) {
        if (assigned.remove(before.partition, before)) {
            registry.remove(Objects.requireNonNull(timers.remove(before.partition)));
        }
    }

    /** Registers the partition's gauge. Micrometer logs a warning for a second one. */
    private Gauge timers(int partition) {
        return Gauge.builder("ratchet.timers.enabled", assigned, partitions -> {
                    Assigned owned = partitions.get(partition);
                    return owned != null && owned.timersEnabled.getAsBoolean() ? 1 : 0;
                })
                .description("1 if the timers of the partition are enabled, 0 while it catches up")
                .tag("partition", Integer.toString(partition))
                .strongReference(true)
                .register(registry);
    }
}

package dev.ratchet.status;

import dev.ratchet.repair.worker.WorkerStatus;
import dev.ratchet.stream.runtime.StoreRestoration;
import dev.ratchet.stream.runtime.StreamStatus;
import dev.ratchet.stream.runtime.StreamStatus.InputStatus;
import dev.ratchet.stream.runtime.StreamStatus.StreamThreadStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams.State;
import org.jspecify.annotations.Nullable;

/** Parts in the states that a test sets. A sound stream of one partition at first. */
final class Parts {
    static final Instant SINCE = Instant.parse("2026-11-28T13:08:47Z");

    final InstanceParts parts = new InstanceParts();
    State state = State.RUNNING;
    boolean hasRun = true;

    @Nullable
    Throwable failure;

    List<StoreRestoration> restoring = List.of();
    Map<Integer, Boolean> timers = new TreeMap<>(Map.of(3, true));
    Map<String, Object> stalled = Map.of();

    @Nullable
    Duration watchdogStuckFor;

    @Nullable
    Instant kafkaAwaySince;

    boolean workerRuns = true;
    Duration sincePoll = Duration.ZERO;

    @Nullable
    Instant conductorAwaySince;

    /** The stream exists. */
    Parts withStream() {
        parts.setStream(() -> new StreamStatus(
                state,
                hasRun,
                Optional.ofNullable(failure),
                List.of(new StreamThreadStatus("ratchet-1-StreamThread-1", "RUNNING", List.of("0_3"), List.of("0_4"))),
                List.of(new InputStatus(
                        "task-status-events", 3, OptionalLong.of(40), OptionalLong.of(38), OptionalLong.of(42))),
                Optional.of(SINCE),
                restoring,
                List.of(),
                timers,
                stalled,
                Optional.ofNullable(watchdogStuckFor),
                Optional.ofNullable(kafkaAwaySince)));
        return this;
    }

    Parts withWorker() {
        parts.setWorker(() -> new WorkerStatus(
                workerRuns, sincePoll, 2, Optional.ofNullable(conductorAwaySince), Optional.of(SINCE)));
        return this;
    }

    List<String> failingLiveness() {
        return failing(Liveness.check(parts));
    }

    List<String> failingReadiness() {
        return failing(Readiness.check(parts));
    }

    /** The failing checks with their details. */
    private static List<String> failing(List<HealthCheck> checks) {
        return checks.stream()
                .filter(check -> !check.up())
                .map(check -> check.name() + ": " + check.detail())
                .toList();
    }
}

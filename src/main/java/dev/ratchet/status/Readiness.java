package dev.ratchet.status;

import dev.ratchet.stream.runtime.StoreRestoration;
import dev.ratchet.stream.runtime.StreamStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * Decides whether this instance processes its partitions and can answer about them. While another instance joins or
 * leaves, it stays ready if its partitions are processed on: otherwise all instances would be unready at each restart of
 * one. After its own start it is not ready before all its partitions are restored.
 */
final class Readiness {
    private Readiness() {}

    static List<HealthCheck> check(InstanceParts parts) {
        List<HealthCheck> checks = new ArrayList<>();
        parts.stream()
                .ifPresentOrElse(
                        stream -> checks.addAll(List.of(checkStream(stream), checkStores(stream))),
                        () -> checks.add(HealthCheck.down("stream", "not started yet: " + parts.waitsFor())));
        parts.intakeIsOpen()
                .map(open -> open
                        ? HealthCheck.up("intake", "it accepts notifications")
                        : HealthCheck.down("intake", "its producer is not ready"))
                .ifPresent(checks::add);
        return checks;
    }

    private static HealthCheck checkStream(StreamStatus stream) {
        String state = stream.state().name();
        if (stream.failure().isPresent()) {
            return HealthCheck.down(
                    "stream", "the process ends: " + stream.failure().get());
        }
        if (stream.state() == State.REBALANCING
                && stream.hasRun()
                && !stream.timersEnabled().isEmpty()) {
            return HealthCheck.up(
                    "stream",
                    state + ", and partitions " + stream.timersEnabled().keySet() + " are processed on");
        }
        return stream.state() == State.RUNNING ? HealthCheck.up("stream", state) : HealthCheck.down("stream", state);
    }

    private static HealthCheck checkStores(StreamStatus stream) {
        if (stream.restoring().isEmpty()) {
            return HealthCheck.up("stores", "none is being restored");
        }
        return HealthCheck.down(
                "stores",
                "%d stores of partitions %s are being restored: %d of up to %d records"
                        .formatted(
                                stream.restoring().size(),
                                stream.restoring().stream()
                                        .map(StoreRestoration::partition)
                                        .collect(Collectors.toCollection(TreeSet::new)),
                                stream.restoring().stream()
                                        .mapToLong(StoreRestoration::restored)
                                        .sum(),
                                stream.restoring().stream()
                                        .mapToLong(StoreRestoration::total)
                                        .sum()));
    }
}

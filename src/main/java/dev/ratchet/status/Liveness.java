package dev.ratchet.status;

import dev.ratchet.repair.worker.WorkerStatus;
import dev.ratchet.stream.runtime.StreamStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * Decides whether a restart of the process would help. It does not while brokers, Conductor or the registry are away, nor
 * while the stream restores, rebalances, or waits at start.
 */
final class Liveness {
    private static final Set<State> ENDED = Set.of(State.PENDING_ERROR, State.ERROR, State.NOT_RUNNING);

    private Liveness() {}

    static List<HealthCheck> check(InstanceParts parts) {
        List<HealthCheck> checks = new ArrayList<>();
        parts.stream()
                .ifPresentOrElse(
                        stream -> checks.addAll(
                                List.of(checkStream(stream), checkProgress(stream), checkWatchdog(stream))),
                        () -> checks.add(HealthCheck.up("stream", "not created yet")));
        parts.worker().map(Liveness::checkWorker).ifPresent(checks::add);
        return checks;
    }

    private static HealthCheck checkStream(StreamStatus stream) {
        if (stream.failure().isPresent()) {
            return HealthCheck.down(
                    "stream", "the process ends: " + stream.failure().get());
        }
        return ENDED.contains(stream.state())
                ? HealthCheck.down("stream", "the stream has ended, in state " + stream.state())
                : HealthCheck.up("stream", stream.state().name());
    }

    /** The watchdog ends the process for the same finding, so this fails no later than the process exits. */
    private static HealthCheck checkProgress(StreamStatus stream) {
        return stream.stalled().isEmpty()
                ? HealthCheck.up("progress", "no work is stalled")
                : HealthCheck.down("progress", "work without progress: " + stream.stalled());
    }

    private static HealthCheck checkWatchdog(StreamStatus stream) {
        return stream.watchdogStuckFor()
                .map(since -> HealthCheck.down("watchdog", "the watchdog is stuck since " + since.toSeconds() + " s"))
                .orElseGet(() -> HealthCheck.up("watchdog", "it checks the progress"));
    }

    private static HealthCheck checkWorker(WorkerStatus worker) {
        String name = "repair-worker";
        if (!worker.isDead()) {
            return HealthCheck.up(name, worker.pending() + " commands are pending");
        }
        return HealthCheck.down(
                name,
                worker.running()
                        ? "its thread is stuck: no poll for "
                                + worker.sincePoll().toSeconds() + " s"
                        : "its thread has ended");
    }
}

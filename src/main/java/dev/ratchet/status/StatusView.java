package dev.ratchet.status;

import dev.ratchet.http.Meaning;
import dev.ratchet.repair.worker.WorkerStatus;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one instance does now. The names of the components are a promise to others ({@code docs/health.md}). */
@Meaning("What this instance does now. Null: not known yet, or there is none.")
record StatusView(
        @Meaning("The version of Ratchet.") String version,
        @Meaning("ratchet.application.id.") String applicationId,
        @Meaning("Process id and host of this instance.") String instance,
        @Meaning("When the process started.") Instant startedAt,
        @Meaning("Whether /health/live answers 200.") boolean live,
        @Meaning("Whether /health/ready answers 200.") boolean ready,

        @Meaning("What the start waits for, and what to do; null once the stream exists.") @Nullable
        String waitsFor,

        @Meaning("The stream; null while the start waits.") @Nullable
        StreamView stream,

        @Meaning("The repair worker; null without Conductor, and while the start waits.") @Nullable
        Worker repairWorker,

        @Meaning("The brokers.") Service kafka,
        @Meaning("The schema registry.") Service registry,
        @Meaning("Conductor.") Service conductor) {

    @Meaning("The repair worker.")
    record Worker(
            @Meaning("Whether its thread runs.") boolean running,

            @Meaning("Seconds since it last polled for commands.")
            long secondsSincePoll,

            @Meaning("Commands that it has read and not finished.")
            int pendingCommands,

            @Meaning("When Conductor last answered it.") @Nullable
            Instant conductorAnsweredAt) {

        static Worker of(WorkerStatus worker) {
            return new Worker(
                    worker.running(),
                    worker.sincePoll().toSeconds(),
                    worker.pending(),
                    worker.conductorAnsweredAt().orElse(null));
        }
    }

    @Meaning("Whether a service that Ratchet needs answers.")
    record Service(
            @Meaning("Whether it answered when it was last asked.") @Nullable
            Boolean reachable,

            @Meaning("Since when it does not answer.") @Nullable
            Instant awaySince) {

        static Service of(ServiceStatus service) {
            return new Service(
                    service.reachable().orElse(null), service.awaySince().orElse(null));
        }
    }

    static StatusView of(String version, String applicationId, InstanceParts parts) {
        @Nullable StreamView stream = parts.stream().map(StreamView::of).orElse(null);
        return new StatusView(
                version,
                applicationId,
                ManagementFactory.getRuntimeMXBean().getName(),
                parts.startedAt(),
                Liveness.check(parts).stream().allMatch(HealthCheck::up),
                Readiness.check(parts).stream().allMatch(HealthCheck::up),
                stream == null ? parts.waitsFor() : null,
                stream,
                parts.worker().map(Worker::of).orElse(null),
                Service.of(ServiceStatus.ofKafka(parts)),
                Service.of(ServiceStatus.ofRegistry(parts)),
                Service.of(ServiceStatus.ofConductor(parts)));
    }
}

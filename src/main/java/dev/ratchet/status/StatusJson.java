package dev.ratchet.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.config.Settings;
import dev.ratchet.repair.worker.WorkerStatus;
import dev.ratchet.stream.runtime.StoreRestoration;
import dev.ratchet.stream.runtime.StreamStatus;
import dev.ratchet.stream.runtime.StreamStatus.InputStatus;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Builds the body of {@code GET /api/v1/status}. The keys are a promise to others ({@code docs/health.md}). */
final class StatusJson {
    private final String version;
    private final Settings settings;
    private final InstanceParts parts;
    private final String process = ManagementFactory.getRuntimeMXBean().getName();

    StatusJson(String version, Settings settings, InstanceParts parts) {
        this.version = version;
        this.settings = settings;
        this.parts = parts;
    }

    ObjectNode create() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("version", version)
                .put("applicationId", settings.application().id())
                .put("instance", process)
                .put("startedAt", parts.startedAt().toString());
        body.put("live", Liveness.check(parts).stream().allMatch(HealthCheck::up));
        body.put("ready", Readiness.check(parts).stream().allMatch(HealthCheck::up));
        Optional<StreamStatus> stream = parts.stream();
        body.put("waitsFor", stream.isPresent() ? null : parts.waitsFor());
        stream.ifPresentOrElse(one -> addStream(body.putObject("stream"), one), () -> body.putNull("stream"));
        parts.worker()
                .ifPresentOrElse(
                        one -> addWorker(body.putObject("repairWorker"), one), () -> body.putNull("repairWorker"));
        addService(body.putObject("kafka"), ServiceStatus.ofKafka(parts));
        addService(body.putObject("registry"), ServiceStatus.ofRegistry(parts));
        addService(body.putObject("conductor"), ServiceStatus.ofConductor(parts));
        return body;
    }

    private static void addStream(ObjectNode json, StreamStatus stream) {
        json.put("state", stream.state().name());
        json.put("failure", stream.failure().map(Throwable::toString).orElse(null));
        ArrayNode threads = json.putArray("threads");
        stream.threads().forEach(thread -> {
            ObjectNode one = threads.addObject().put("name", thread.name()).put("state", thread.state());
            addAll(one.putArray("activeTasks"), thread.activeTasks());
            addAll(one.putArray("standbyTasks"), thread.standbyTasks());
        });
        ArrayNode inputs = json.putArray("inputs");
        stream.inputs().forEach(input -> addInput(inputs.addObject(), input));
        json.put("offsetsAt", text(stream.offsetsAt()));
        ArrayNode timers = json.putArray("timers");
        stream.timersEnabled()
                .forEach((partition, enabled) ->
                        timers.addObject().put("partition", partition).put("enabled", enabled));
        ArrayNode restoring = json.putArray("restoring");
        stream.restoring().forEach(store -> addRestoration(restoring.addObject(), store));
        ArrayNode standbys = json.putArray("standbys");
        stream.standbys()
                .forEach(store -> standbys.addObject()
                        .put("store", store.store())
                        .put("partition", store.partition())
                        .put("position", store.position())
                        .put("end", store.end() < 0 ? null : (Long) store.end())
                        .put("lag", store.end() < 0 ? null : (Long) store.lag()));
        addAll(
                json.putArray("stalled"),
                stream.stalled().entrySet().stream().map(String::valueOf).toList());
    }

    private static void addInput(ObjectNode json, InputStatus input) {
        json.put("topic", input.topic())
                .put("partition", input.partition())
                .put("position", number(input.position()))
                .put("committed", number(input.committed()))
                .put("end", number(input.end()))
                .put("lag", number(input.lag()));
    }

    private static void addRestoration(ObjectNode json, StoreRestoration store) {
        json.put("store", store.store())
                .put("partition", store.partition())
                .put("restored", store.restored())
                .put("total", store.total());
    }

    private static void addWorker(ObjectNode json, WorkerStatus worker) {
        json.put("running", worker.running())
                .put("secondsSincePoll", worker.sincePoll().toSeconds())
                .put("pendingCommands", worker.pending())
                .put("conductorAnsweredAt", text(worker.conductorAnsweredAt()));
    }

    private static void addService(ObjectNode json, ServiceStatus service) {
        json.put("reachable", service.reachable().orElse(null)).put("awaySince", text(service.awaySince()));
    }

    private static void addAll(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static @Nullable String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }

    private static @Nullable Long number(OptionalLong number) {
        return number.isPresent() ? (Long) number.getAsLong() : null;
    }
}

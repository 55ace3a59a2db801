package dev.ratchet.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.config.Settings;
import dev.ratchet.stream.runtime.StoreRestoration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;

class StatusEndpointTest {
    private final Parts given = new Parts();

    @Test
    void statusShowsStreamWorkerAndServices() throws Exception {
        given.withStream().withWorker();
        given.restoring = List.of(new StoreRestoration("task-states", 3, 400, 900));
        given.conductorAwaySince = Parts.SINCE;
        JsonNode status = status();
        assertThat(status.path("version").asText()).isEqualTo("1.2.3");
        assertThat(status.path("applicationId").asText()).isEqualTo("ratchet");
        assertThat(status.path("ready").asBoolean()).isFalse();
        assertThat(status.path("live").asBoolean()).isTrue();
        JsonNode stream = status.path("stream");
        assertThat(stream.path("state").asText()).isEqualTo("RUNNING");
        assertThat(stream.path("threads").path(0))
                .hasToString(
                        "{\"name\":\"ratchet-1-StreamThread-1\",\"state\":\"RUNNING\",\"activeTasks\":[\"0_3\"],\"standbyTasks\":[\"0_4\"]}");
        assertThat(stream.path("inputs").path(0))
                .hasToString(
                        "{\"topic\":\"task-status-events\",\"partition\":3,\"position\":40,\"committed\":38,\"end\":42,\"lag\":2}");
        assertThat(stream.path("restoring").path(0))
                .hasToString("{\"store\":\"task-states\",\"partition\":3,\"restored\":400,\"total\":900}");
        assertThat(stream.path("timers").path(0)).hasToString("{\"partition\":3,\"enabled\":true}");
        assertThat(status.path("repairWorker").path("pendingCommands").asInt()).isEqualTo(2);
        assertThat(status.path("kafka")).hasToString("{\"reachable\":true,\"awaySince\":null}");
        assertThat(status.path("conductor"))
                .hasToString("{\"reachable\":false,\"awaySince\":\"2026-11-28T13:08:47Z\"}");
        assertThat(status.path("registry")).hasToString("{\"reachable\":null,\"awaySince\":null}");
    }

    @Test
    void statusDuringStartSaysWhatItWaitsFor() throws Exception {
        given.parts.setWaitsFor("the topics are not ready");
        JsonNode status = status();
        assertThat(status.path("waitsFor").asText()).isEqualTo("the topics are not ready");
        assertThat(status.path("stream").isNull()).isTrue();
        assertThat(status.path("repairWorker").isNull()).isTrue();
        assertThat(status.path("kafka").path("reachable").isNull()).isTrue();
    }

    @Test
    void statusNeedsTokenOnlyIfOneIsConfigured() throws Exception {
        Settings settings = StatusServer.settings("ratchet.http.token", StatusServer.TOKEN);
        try (StatusServer server = new StatusServer(settings, new StatusEndpoint(settings, "1.2.3", given.parts))) {
            assertThat(server.get("/api/v1/status").statusCode()).isEqualTo(401);
            assertThat(server.get("/api/v1/status", "Authorization", "Bearer " + StatusServer.TOKEN)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void gaugesShowStateAndServices() {
        given.withStream().withWorker().state = State.REBALANCING;
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        StatusGauges.register(registry, given.parts, true);
        assertThat(registry.get("ratchet.streams.state")
                        .tag("state", "REBALANCING")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.get("ratchet.streams.state")
                        .tag("state", "RUNNING")
                        .gauge()
                        .value())
                .isZero();
        assertThat(registry.get("ratchet.kafka.up").gauge().value()).isEqualTo(1);
        assertThat(registry.get("ratchet.conductor.up").gauge().value()).isEqualTo(1);
        assertThat(registry.get("ratchet.registry.up").gauge().value()).isNaN();
        given.kafkaAwaySince = Parts.SINCE;
        given.conductorAwaySince = Parts.SINCE;
        assertThat(registry.get("ratchet.kafka.up").gauge().value()).isZero();
        assertThat(registry.get("ratchet.conductor.up").gauge().value()).isZero();
    }

    private JsonNode status() throws Exception {
        Settings settings = StatusServer.settings();
        try (StatusServer server = new StatusServer(settings, new StatusEndpoint(settings, "1.2.3", given.parts))) {
            return StatusServer.json(server.get("/api/v1/status"));
        }
    }
}

package dev.ratchet.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {
    private final Parts given = new Parts();

    @Test
    void soundProcessAnswers200WithAllChecks() throws Exception {
        given.withStream().withWorker();
        try (StatusServer server = server()) {
            HttpResponse<String> live = server.get("/health/live");
            assertThat(live.statusCode()).isEqualTo(200);
            assertThat(live.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(live.body())
                    .startsWith("{\"status\":\"UP\",\"checks\":[{\"name\":\"stream\",\"status\":\"UP\",\"detail\":");
            assertThat(StatusServer.json(live).path("checks").findValuesAsText("name"))
                    .containsExactly("stream", "progress", "watchdog", "repair-worker");
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void failingCheckAnswers503AndNamesIt() throws Exception {
        given.withStream().withWorker().workerRuns = false;
        try (StatusServer server = server()) {
            HttpResponse<String> live = server.get("/health/live");
            assertThat(live.statusCode()).isEqualTo(503);
            assertThat(StatusServer.json(live).path("status").asText()).isEqualTo("DOWN");
            assertThat(live.body())
                    .contains("{\"name\":\"repair-worker\",\"status\":\"DOWN\",\"detail\":\"its thread has ended\"}");
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    /** Probes of an orchestrator have none. */
    @Test
    void healthNeedsNoToken() throws Exception {
        try (StatusServer server = new StatusServer(
                StatusServer.settings("ratchet.http.token", StatusServer.TOKEN), new HealthEndpoint(given.parts))) {
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
        }
    }

    private StatusServer server() {
        return new StatusServer(StatusServer.settings(), new HealthEndpoint(given.parts));
    }
}

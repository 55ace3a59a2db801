package dev.ratchet.status;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.ratchet.config.Settings;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggersEndpointTest {
    private static final String NAME = "dev.ratchet.status.of.this.test";
    private static final String PATH = "/api/v1/loggers/" + NAME;
    private static final String[] TOKEN = {"Authorization", "Bearer " + StatusServer.TOKEN};

    private final Logger logger = (Logger) LoggerFactory.getLogger(NAME);
    private StatusServer server;

    @BeforeEach
    void start() {
        server = server("ratchet.http.token", StatusServer.TOKEN);
        logger.setLevel(Level.ERROR);
    }

    @AfterEach
    void stop() {
        server.close();
        logger.setLevel(null);
    }

    @Test
    void levelIsChangedAndReset() throws Exception {
        HttpResponse<String> changed = server.put(PATH, "{\"level\":\"debug\"}", TOKEN);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo("{\"configuredLevel\":\"DEBUG\",\"effectiveLevel\":\"DEBUG\"}");
        assertThat(logger.isDebugEnabled()).isTrue();
        assertThat(server.get(PATH, TOKEN).body()).isEqualTo(changed.body());
        assertThat(StatusServer.json(server.get("/api/v1/loggers", TOKEN))
                        .path("loggers")
                        .path(NAME)
                        .path("effectiveLevel")
                        .asText())
                .isEqualTo("DEBUG");

        server.put(PATH, "{\"level\":\"TRACE\"}", TOKEN);
        server.put(PATH, "{\"level\":null}", TOKEN);

        assertThat(logger.getLevel()).isEqualTo(Level.ERROR);
    }

    @Test
    void unknownLevelIsRefusedWithAllowedOnes() throws Exception {
        HttpResponse<String> refused = server.put(PATH, "{\"level\":\"LOUD\"}", TOKEN);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("TRACE, DEBUG, INFO, WARN, ERROR, OFF or null, but got 'LOUD'");
        for (String body : new String[] {"", "{}", "[1", "{\"level\":7}", "\"DEBUG\""}) {
            assertThat(server.put(PATH, body, TOKEN).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(logger.getLevel()).isEqualTo(Level.ERROR);
    }

    @Test
    void unknownLoggerIsNotCreated() throws Exception {
        String path = "/api/v1/loggers/no.such.logger";
        assertThat(server.put(path, "{\"level\":\"DEBUG\"}", TOKEN).statusCode())
                .isEqualTo(404);
        assertThat(server.get(path, TOKEN).statusCode()).isEqualTo(404);
    }

    @Test
    void requestWithoutTokenIsRefused() throws Exception {
        assertThat(server.put(PATH, "{\"level\":\"DEBUG\"}").statusCode()).isEqualTo(401);
        assertThat(server.get("/api/v1/loggers").statusCode()).isEqualTo(401);
        assertThat(logger.getLevel()).isEqualTo(Level.ERROR);
    }

    @Test
    void changeIsForbiddenIfNoTokenIsConfigured() throws Exception {
        try (StatusServer open = server()) {
            assertThat(open.get("/api/v1/loggers").statusCode()).isEqualTo(200);
            assertThat(open.put(PATH, "{\"level\":\"DEBUG\"}", TOKEN).statusCode())
                    .isEqualTo(403);
        }
    }

    private static StatusServer server(String... settings) {
        Settings loaded = StatusServer.settings(settings);
        return new StatusServer(loaded, new LoggersEndpoint(loaded.http()));
    }
}

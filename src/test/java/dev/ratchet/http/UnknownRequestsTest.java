package dev.ratchet.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ratchet.config.HttpSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class UnknownRequestsTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(UnknownRequests.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() {
        log.start();
        logger.addAppender(log);
        server = HttpServer.start(
                new HttpSettings("127.0.0.1", 0, Optional.empty(), Optional.empty()), List.of(routes -> {
                    routes.post("/conductor/tasks", ctx -> new ErrorResponse(200, Optional.empty()).writeTo(ctx));
                    routes.get(
                            "/gone",
                            ctx -> ErrorResponse.refused(404, "Expected a task, but got none")
                                    .writeTo(ctx));
                }));
    }

    @AfterEach
    void stop() {
        server.close();
        logger.detachAppender(log);
    }

    /** What Conductor posts to if its notification.url ends with a slash. */
    @Test
    void slashAtEndOfNotificationUrlIsAnsweredAndLogged() throws Exception {
        HttpResponse<String> answer = post("//conductor/tasks");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Expected POST /conductor/tasks");
        assertThat(lines())
                .singleElement()
                .asString()
                .contains("RATCHET-2210", "Expected POST /conductor/tasks", "without a slash at the end")
                .contains("but got POST //conductor/tasks", "status=404");
    }

    @Test
    void wrongMethodIsAnsweredAndLogged() throws Exception {
        HttpResponse<String> answer = get("/conductor/tasks");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
        assertThat(answer.body()).contains("Expected POST /conductor/tasks", "but got GET /conductor/tasks");
        assertThat(lines()).singleElement().asString().contains("RATCHET-2210", "status=405");
    }

    @Test
    void wrongMethodOfAnotherEndpointNamesTheRightOne() throws Exception {
        assertThat(post("/gone").body()).contains("Expected method GET", "but got POST /gone");
        assertThat(lines()).singleElement().asString().contains("RATCHET-2211", "Expected method GET", "status=405");
    }

    @Test
    void oneLineForEachKindIsLoggedInAMinute() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(get("/scan" + i).statusCode()).isEqualTo(404);
            assertThat(post("/conductor/task").statusCode()).isEqualTo(404);
        }
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).contains("RATCHET-2211", "but got GET /scan0", "/health/live");
        assertThat(lines().get(1)).contains("RATCHET-2210", "but got POST /conductor/task.");
    }

    @Test
    void pathIsBoundedAndStaysOnOneLine() throws Exception {
        get("/a%0Ab%1B");
        assertThat(lines()).singleElement().asString().doesNotContain("\n", "\u001b");
        assertThat(UnknownRequests.printable("GET /a\nRATCHET-9999\u001b" + "x".repeat(10_000)))
                .startsWith("GET /a?RATCHET-9999?x")
                .hasSizeLessThan(250);
    }

    @Test
    void notFoundByAnEndpointIsLeftAlone() throws Exception {
        assertThat(get("/gone").body()).contains("Expected a task");
        assertThat(lines()).isEmpty();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create(server.address() + path);
    }

    private List<String> lines() {
        return log.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}

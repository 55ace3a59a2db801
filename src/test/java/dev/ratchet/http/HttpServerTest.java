package dev.ratchet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ratchet.config.HttpSettings;
import dev.ratchet.http.HttpServer.AddressUnusableException;
import dev.ratchet.http.HttpServer.Routes;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class HttpServerTest {
    private static final HttpSettings ANY_PORT = new HttpSettings("127.0.0.1", 0, Optional.empty(), Optional.empty());

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void eachEndpointGroupAnswersItsOwnRoutes() throws Exception {
        Routes one = routes -> routes.get("/one", ctx -> new ErrorResponse(200, Optional.empty()).writeTo(ctx));
        Routes two = routes -> routes.post(
                "/two",
                ctx -> ErrorResponse.refused(400, "Expected \"x\", but …\n").writeTo(ctx));
        try (HttpServer server = HttpServer.start(ANY_PORT, List.of(one, two))) {
            assertThat(get(server, "/one").statusCode()).isEqualTo(200);
            assertThat(get(server, "/two").statusCode()).isEqualTo(405);
            assertThat(get(server, "/three").statusCode()).isEqualTo(404);
            HttpResponse<String> refused = client.send(
                    request(server, "/two")
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            assertThat(refused.body()).isEqualTo("{\"error\":\"Expected \\\"x\\\", but …\\n\"}");
            assertThat(refused.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        }
    }

    @Test
    void exceptionIsAnsweredWithoutDetails() throws Exception {
        Routes failing = routes -> routes.get("/", ctx -> {
            throw new IllegalStateException("s3cret");
        });
        try (HttpServer server = HttpServer.start(ANY_PORT, List.of(failing))) {
            HttpResponse<String> answer = get(server, "/");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("see the log").doesNotContain("s3cret");
        }
    }

    @Test
    void errorIsAnsweredAndLoggedAndServerContinues() throws Exception {
        Routes failing = routes -> {
            routes.get("/", ctx -> {
                throw new NoClassDefFoundError("s3cret");
            });
            routes.get("/sound", ctx -> new ErrorResponse(200, Optional.empty()).writeTo(ctx));
        };
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        log.start();
        try (HttpServer server = HttpServer.start(ANY_PORT, List.of(failing))) {
            assertThat(get(server, "/").statusCode()).isEqualTo(500);
            assertThat(get(server, "/").body()).doesNotContain("s3cret");
            assertThat(get(server, "/sound").statusCode()).isEqualTo(200);
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list)
                .anyMatch(line -> line.getLevel() == Level.ERROR
                        && line.getThrowableProxy() != null
                        && line.getThrowableProxy().getMessage().equals("s3cret"));
    }

    @Test
    void occupiedPortIsReportedWithSettings() {
        try (HttpServer server = HttpServer.start(ANY_PORT, List.of())) {
            int port = server.address().getPort();
            assertThatThrownBy(() -> HttpServer.start(
                            new HttpSettings("127.0.0.1", port, Optional.empty(), Optional.empty()), List.of()))
                    .isInstanceOf(AddressUnusableException.class)
                    .hasMessage("Expected to listen on 127.0.0.1:" + port
                            + " (ratchet.http.host, ratchet.http.port), but cannot: Address already in use");
        }
    }

    @Test
    void unknownHostIsReportedWithSettings() {
        assertThatThrownBy(() -> HttpServer.start(
                        new HttpSettings("no.such.host.invalid", 0, Optional.empty(), Optional.empty()), List.of()))
                .isInstanceOf(AddressUnusableException.class)
                .hasMessageStartingWith("Expected to listen on no.such.host.invalid:0 (ratchet.http.host");
    }

    @Test
    void pendingRequestIsAnsweredBeforeStop() throws Exception {
        CompletableFuture<ErrorResponse> answer = new CompletableFuture<>();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        HttpServer server = HttpServer.start(
                ANY_PORT,
                List.of(routes -> routes.get("/", ctx -> {
                    ErrorResponse.writeLater(ctx, () -> answer);
                    asked.complete(null);
                })));
        URI address = server.address();
        CompletableFuture<HttpResponse<String>> got =
                client.sendAsync(request(server, "/").build(), BodyHandlers.ofString());
        asked.join();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
        await().untilAsserted(() -> assertThatThrownBy(() -> HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding()))
                .isInstanceOf(ConnectException.class));
        // Far longer than a connection may be idle then.
        await().during(Duration.ofSeconds(2)).until(() -> !got.isDone() && !closed.isDone());
        answer.complete(new ErrorResponse(200, Optional.empty()));
        assertThat(got.join().statusCode()).isEqualTo(200);
        closed.join();
        server.close();
    }

    private HttpResponse<String> get(HttpServer server, String path) throws Exception {
        return client.send(request(server, path).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(HttpServer server, String path) {
        return HttpRequest.newBuilder(server.address().resolve(path)).timeout(Duration.ofSeconds(30));
    }
}

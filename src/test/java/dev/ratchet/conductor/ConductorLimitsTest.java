package dev.ratchet.conductor;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Timeouts, the limit of a response, and broken connections. */
class ConductorLimitsTest extends StubbedConductor {
    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void responseAboveLimitIsRefused() {
        answer(ok("{\"taskId\":\"t1\",\"status\":\"NEW\",\"o\":\"" + "x".repeat(MAX_RESPONSE_BYTES) + "\"}"));

        assertRefused().hasMessageContaining("it answered 200: more than the 10000 bytes");
    }

    @Test
    void restOfResponseAboveLimitIsNotAwaited() {
        answer(ok("x".repeat(100 * MAX_RESPONSE_BYTES)).withChunkedDribbleDelay(20, 2 * (int) TIMEOUT.toMillis()));

        assertRefused().hasMessageContaining("more than the 10000 bytes");
    }

    @Test
    void responseAtLimitIsRead() {
        String some = "{\"taskId\":\"t1\",\"status\":\"NEW\"}";
        answer(ok(some + " ".repeat(MAX_RESPONSE_BYTES - some.length())));

        assertThat(conductor().task("t1")).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void brokenConnectionIsUnavailable(Fault fault) {
        answer(aResponse().withFault(fault));

        assertUnavailable();
    }

    @Test
    void bodyShorterThanContentLengthIsUnavailable() {
        answer(ok(TASK).withHeader("Content-Length", "" + (TASK.length() + 10)));

        assertUnavailable(conductor(Map.of(), SHORT));
    }

    @Test
    void silentServerIsUnavailable() {
        answer(ok(TASK).withFixedDelay((int) TIMEOUT.toMillis()));

        assertUnavailable(conductor(Map.of(), SHORT)).hasMessageContaining("no complete answer within PT0.3S");
    }

    @Test
    void stalledBodyIsUnavailable() {
        answer(ok(TASK).withChunkedDribbleDelay(10, (int) TIMEOUT.toMillis()));

        assertUnavailable(conductor(Map.of(), SHORT)).hasMessageContaining("no complete answer within PT0.3S");
    }

    @Test
    void bodyIsNotReadAfterTimeout() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort());
            var conductor = new HttpConductorClient(url, Map.of(), MAX_OUTPUT_BYTES, Duration.ofSeconds(1), 100);
            CompletableFuture<Optional<ConductorTask>> task = CompletableFuture.supplyAsync(() -> conductor.task("t1"));
            try (Socket connection = server.accept()) {
                connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".getBytes(UTF_8));
                await().until(ConductorLimitsTest::isReadingABody);

                assertThat(task).failsWithin(TIMEOUT);
                await().until(() -> !isReadingABody());
            }
        }
    }

    private static boolean isReadingABody() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals(HttpConductorClient.class.getName())
                        && frame.getMethodName().equals("firstBytes"));
    }

    @Test
    void missingServerIsUnavailable() {
        var nowhere = new HttpConductorClient(URI.create("http://127.0.0.1:1/api"), Map.of(), MAX_OUTPUT_BYTES);

        assertUnavailable(nowhere)
                .hasMessageContaining("ConnectException")
                .isInstanceOfSatisfying(
                        ConductorUnavailableException.class,
                        e -> assertThat(e.affectsAllRequests()).isTrue());
    }

    @Test
    void interruptedRequestIsUnavailable() {
        answer(ok(TASK).withFixedDelay(1_000));
        HttpConductorClient conductor = conductor();
        Thread.currentThread().interrupt();

        assertUnavailable(conductor).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}

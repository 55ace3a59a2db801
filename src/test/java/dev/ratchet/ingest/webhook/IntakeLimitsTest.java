package dev.ratchet.ingest.webhook;

import static dev.ratchet.ingest.webhook.WebhookIntake.TASKS;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntakeLimitsTest {
    private static final int SLOW = 300;
    private static final String TASK = Notification.task("t-1").toString();

    @Test
    void bodyAtLimitIsAccepted() {
        try (WebhookServer server =
                WebhookServer.with(Map.of("ratchet.intake.max.bytes", String.valueOf(TASK.length())))) {
            assertThat(server.post(TASKS, TASK).statusCode()).isEqualTo(200);
            assertThat(chunked(server, TASK).statusCode()).isEqualTo(200);
            assertThat(server.post(TASKS, TASK + " ").statusCode()).isEqualTo(413);
            assertThat(chunked(server, TASK + " ").statusCode()).isEqualTo(413);
            assertThat(server.counts.requests(WebhookOutcome.TOO_LARGE)).isEqualTo(2);
        }
    }

    @Test
    void bodyOfMegabytesIsAcceptedByDefault() {
        try (WebhookServer server = WebhookServer.with(Map.of())) {
            String body =
                    Notification.task("t-1").put("input", "x".repeat(3 << 20)).toString();
            assertThat(server.post(TASKS, body).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void bodyAboveLimitIsRefusedBeforeItIsSent() throws IOException {
        try (WebhookServer server = WebhookServer.with(Map.of("ratchet.intake.max.bytes", "1000"));
                Socket socket = connect(server)) {
            send(socket, "Content-Length: 100000000");
            assertThat(firstLine(socket)).contains(" 413 ");
        }
    }

    /** As most clients do. A connection that the server closes earlier is reset, and the answer lost with it. */
    @ParameterizedTest
    @CsvSource({WebhookServer.TOKEN + ",413", "wrong,401"})
    void clientThatSendsWholeRefusedBodyGetsAnswer(String token, int status) throws IOException {
        try (WebhookServer server = WebhookServer.with(Map.of("ratchet.intake.max.bytes", "1000"));
                Socket socket = connect(server)) {
            send(socket, token, "Content-Length: " + (16 << 20));
            for (int i = 0; i < 16; i++) {
                socket.getOutputStream().write(new byte[1 << 20]);
            }
            assertThat(firstLine(socket)).contains(" " + status + " ");
        }
    }

    @Test
    void chunkedBodyIsReadOnlyUpToLimit() throws IOException {
        try (WebhookServer server = WebhookServer.with(Map.of("ratchet.intake.max.bytes", "1000"));
                Socket socket = connect(server)) {
            send(socket, "Transfer-Encoding: chunked");
            socket.getOutputStream().write(("7d0\r\n" + "x".repeat(2000) + "\r\n").getBytes(US_ASCII)); // and no end
            assertThat(firstLine(socket)).contains(" 413 ");
        }
    }

    /** Conductor sends {@code headerPrefer} even if it is not set: a header without a name. */
    @Test
    void headerWithoutNameIsIgnored() throws IOException {
        try (WebhookServer server = WebhookServer.with(Map.of());
                Socket socket = connect(server)) {
            send(socket, "Accept: application/json\r\n: \r\nContent-Length: " + TASK.length());
            socket.getOutputStream().write(TASK.getBytes(US_ASCII));
            assertThat(firstLine(socket)).contains(" 200 ");
        }
    }

    @Test
    void abortedRequestIsCountedAndFreesItsSlot() throws IOException {
        try (WebhookServer server = WebhookServer.with(Map.of("ratchet.intake.max.in.flight", "1"))) {
            try (Socket socket = connect(server)) {
                send(socket, "Content-Length: 500");
                socket.getOutputStream().write("{\"taskId\"".getBytes(US_ASCII));
                await().untilAsserted(() -> assertThat(server.post(TASKS, TASK).statusCode())
                        .as("there is no room")
                        .isEqualTo(503));
            }
            await().until(() -> server.counts.requests(WebhookOutcome.ABORTED) == 1);
            assertThat(server.post(TASKS, TASK).statusCode()).isEqualTo(200);
        }
    }

    /** More than the server has threads; and they say that they will send more than there is room for. */
    @Test
    void slowSendersDelayNoOthersAndAreAnswered() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (WebhookServer server = WebhookServer.with(Map.of());
                Socket stalled = connect(server)) {
            send(stalled, "Content-Length: 5000000");
            for (int i = 0; i < SLOW; i++) {
                slow.add(connect(server));
                send(slow.get(i), "Content-Length: 5000000");
            }
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendSlowly(slow, over));
            assertThat(server.post(TASKS, TASK).statusCode()).isEqualTo(200);
            assertThat(server.counts.requests(WebhookOutcome.ABORTED))
                    .as("none of them is answered yet")
                    .isZero();
            assertThat(firstLine(stalled)).contains(" 408 ");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> server.counts.requests(WebhookOutcome.ABORTED) == SLOW + 1);
            over.set(true);
            sending.join();
            assertThat(server.post(TASKS, TASK).statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** A byte on each, in turn, until told that it is over. */
    private static void sendSlowly(List<Socket> sockets, AtomicBoolean over) {
        List<Socket> open = new ArrayList<>(sockets);
        while (!over.get() && !open.isEmpty()) {
            open.removeIf(socket -> !sendByte(socket));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static boolean sendByte(Socket socket) {
        try {
            socket.getOutputStream().write(' ');
            return true;
        } catch (IOException answeredAndClosed) {
            return false;
        }
    }

    @Test
    void requestsAboveLimitAreToBeRetriedAndSlotsAreFreed() {
        try (WebhookServer server = WebhookServer.withSilentKafka(Map.of("ratchet.intake.max.in.flight", "3"))) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                answers.add(server.postLater(TASKS, BodyPublishers.ofString(TASK)));
            }
            await().until(() -> server.counts.requests(WebhookOutcome.BUSY) == 7);
            assertThat(server.kafka.history()).hasSize(3);
            while (server.kafka.completeNext()) {
                // each
            }
            assertThat(answers)
                    .extracting(answer -> answer.join().statusCode())
                    .containsOnly(200, 503)
                    .filteredOn(status -> status == 200)
                    .hasSize(3);
            assertThat(server.counts.requests(WebhookOutcome.ACCEPTED)).isEqualTo(3);
            CompletableFuture<HttpResponse<String>> later = server.postLater(TASKS, BodyPublishers.ofString(TASK));
            await().until(() -> server.kafka.completeNext());
            assertThat(later.join().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void bytesAboveLimitAreToBeRetriedAndOneRequestIsAlwaysAccepted() {
        Map<String, String> settings =
                Map.of("ratchet.intake.max.in.flight.bytes", "10", "ratchet.intake.max.bytes", "10000");
        try (WebhookServer server = WebhookServer.withSilentKafka(settings)) {
            CompletableFuture<HttpResponse<String>> one = server.postLater(TASKS, BodyPublishers.ofString(TASK));
            await().until(() -> server.kafka.history().size() == 1);
            assertThat(server.post(TASKS, TASK).statusCode()).isEqualTo(503);
            server.kafka.completeNext();
            assertThat(one.join().statusCode()).isEqualTo(200);
            CompletableFuture<HttpResponse<String>> later = server.postLater(TASKS, BodyPublishers.ofString(TASK));
            await().until(() -> server.kafka.completeNext());
            assertThat(later.join().statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> chunked(WebhookServer server, String body) {
        return server.postLater(
                        TASKS, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(US_ASCII))))
                .join();
    }

    private static Socket connect(WebhookServer server) throws IOException {
        return new Socket(server.address().getHost(), server.address().getPort());
    }

    private static void send(Socket socket, String header) throws IOException {
        send(socket, WebhookServer.TOKEN, header);
    }

    private static void send(Socket socket, String token, String header) throws IOException {
        socket.getOutputStream()
                .write(("POST " + TASKS + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n" + header
                                + "\r\n\r\n")
                        .getBytes(US_ASCII));
    }

    private static String firstLine(Socket socket) throws IOException {
        socket.setSoTimeout(30_000);
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
    }
}

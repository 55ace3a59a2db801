package dev.ratchet.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.config.HttpSettings;
import dev.ratchet.http.HttpServer;
import dev.ratchet.http.RequestAuthenticator;
import dev.ratchet.stream.runtime.TaskQueries.Elsewhere;
import dev.ratchet.stream.runtime.TaskQueries.Here;
import dev.ratchet.stream.runtime.TaskQueries.Unreadable;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.TrackedTask;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** One instance; what it knows can be changed. */
    private final class Instance {
        private final Queries queries = new Queries();
        private final TaskEndpoint endpoint = new TaskEndpoint(queries, new InstanceClient());
        private final FakeQueries stream = new FakeQueries();
        private final HttpServer server;

        Instance(Optional<String> token) {
            HttpSettings settings = new HttpSettings("127.0.0.1", 0, token, Optional.empty());
            server = HttpServer.start(
                    settings,
                    List.of(routes ->
                            TaskEndpoint.ENDPOINT.addTo(routes, new RequestAuthenticator(settings), endpoint)));
            queries.set(stream);
            opened.add(server);
            opened.add(endpoint);
        }

        CompletableFuture<HttpResponse<String>> send(String path, String... headers) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(server.address().resolve(path)).timeout(Duration.ofSeconds(60));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return CLIENT.sendAsync(request.build(), BodyHandlers.ofString());
        }

        HttpResponse<String> get(String path, String... headers) {
            return send(path, headers).join();
        }
    }

    private static Here<Optional<TrackedTask>> here(TaskStatus first, TaskStatus... later) {
        return new Here<>(Optional.of(SampleTask.reported(first, later)));
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void taskIsShownWithWhatBecameOfItsEvents() throws Exception {
        Instance instance = new Instance(Optional.empty());
        instance.stream.answer = here(TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED, TaskStatus.IN_PROGRESS);
        HttpResponse<String> response = instance.get("/api/v1/tasks/t1");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode task = JSON.readTree(response.body());
        assertThat(task.path("taskId").textValue()).isEqualTo("t1");
        assertThat(task.path("current")).isEqualTo(JSON.readTree("""
                        {"status": "COMPLETED", "sequence": 2, "occurredAt": "1970-01-01T00:00:02Z"}"""));
        assertThat(task.path("lastReported").path("status").textValue()).isEqualTo("IN_PROGRESS");
        assertThat(task.path("timeline").findValuesAsText("outcome"))
                .containsExactly("ACCEPTED", "ACCEPTED", "BACKWARD_TRANSITION");
        assertThat(task.path("timeline").get(2).path("reason").textValue())
                .isEqualTo("Rejected: the status must not follow the current one.");
        assertThat(task.path("alerts").findValuesAsText("kind")).containsExactly("LOST_UPDATE");
        assertThat(task.path("observations").findValuesAsText("status")).containsExactly("IN_PROGRESS", "COMPLETED");
        assertThat(task.path("observations").get(0).path("lastSequence").longValue())
                .isEqualTo(3);
        assertThat(task.path("epoch").path("reason").textValue()).isEqualTo("The first event of the task.");
        assertThat(task.path("deadlines").path("nextCheckAt").textValue()).isEqualTo("1970-01-01T00:01:01Z");
        assertThat(task.path("deadlines").path("repairAt").isNull()).isTrue();
        assertThat(task.path("receipt").isNull()).isTrue();
    }

    @Test
    void unknownTaskIsNotFound() {
        HttpResponse<String> response = new Instance(Optional.empty()).get("/api/v1/tasks/t%20x");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("{\"error\":\"Expected a task that Ratchet knows, but got 't x'\"}");
    }

    @Test
    void unreadableTaskIsUnavailableAndNotUnknown() {
        Instance instance = new Instance(Optional.empty());
        instance.stream.answer = new Unreadable<>("partition 3 is being assigned or restored");
        HttpResponse<String> response = instance.get("/api/v1/tasks/t1");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(response.body())
                .isEqualTo("{\"error\":\"Expected to read the state, but cannot now: partition 3 is being assigned or"
                        + " restored\"}");
        instance.queries.set(null);
        assertThat(instance.get("/api/v1/tasks/t1").statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/tasks/t1?atLeast=DONE | Expected atLeast to be one of [SCHEDULED, ",
                "/api/v1/tasks/t1?atLeast=COMPLETED&wait=31s | Expected wait to be a duration such as 500ms, 5s, 10m, 2h, 7d or PT2H, at most 30s, but got '31s'",
                "/api/v1/tasks/t1?atLeast=COMPLETED&wait=5 | Expected wait to be a duration such as",
                "/api/v1/tasks/t1?wait=5s | Expected atLeast with wait, but got wait alone",
                "/api/v1/tasks/t1?limit=5 | Expected only the parameters [atLeast, wait], each at most once, but got 'limit'",
                "/api/v1/tasks/t1?wait=1s&wait=2s | but got 'wait' twice",
                "/api/v1/tasks/a%0Ab | Expected id to be 1 to 255 characters without control characters",
            })
    void wrongParametersAreRefused(String path, String error) throws Exception {
        HttpResponse<String> response = new Instance(Optional.empty()).get(path);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body()).path("error").textValue()).contains(error);
    }

    @Test
    void idsOfMoreThan255CharactersAreRefused() {
        Instance instance = new Instance(Optional.empty());
        assertThat(instance.get("/api/v1/tasks/" + "x".repeat(255)).statusCode())
                .isEqualTo(404);
        assertThat(instance.get("/api/v1/tasks/" + "x".repeat(256)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void tokenIsNeededOnlyWhereOneIsSet() {
        assertThat(new Instance(Optional.empty()).get("/api/v1/tasks/t1").statusCode())
                .isEqualTo(404);
        Instance guarded = new Instance(Optional.of("s3cret"));
        assertThat(guarded.get("/api/v1/tasks/t1").statusCode()).isEqualTo(401);
        assertThat(guarded.get("/api/v1/tasks/t1", "Authorization", "Bearer s3cret")
                        .statusCode())
                .isEqualTo(404);
        assertThat(guarded.stream.asked()).isEqualTo(1);
    }

    @Test
    void ownerIsAskedWithTheCallersToken() {
        Instance owner = new Instance(Optional.of("s3cret"));
        owner.stream.answer = here(TaskStatus.COMPLETED);
        Instance asked = new Instance(Optional.of("s3cret"));
        asked.stream.answer = new Elsewhere<>(owner.server.advertised());
        HttpResponse<String> response =
                asked.get("/api/v1/tasks/t%2F1?atLeast=COMPLETED", "Authorization", "Bearer s3cret");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("\"taskId\":\"t1\"", "\"reached\":true");
        owner.stream.answer = new Here<>(Optional.empty());
        assertThat(asked.get("/api/v1/tasks/t1", "Authorization", "Bearer s3cret")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void requestIsPassedOnOnceOnly() {
        Instance one = new Instance(Optional.empty());
        Instance other = new Instance(Optional.empty());
        one.stream.answer = new Elsewhere<>(other.server.advertised());
        other.stream.answer = new Elsewhere<>(one.server.advertised());
        HttpResponse<String> response = one.get("/api/v1/tasks/t1");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(response.body()).contains("the task's partition is moving to " + one.server.advertised());
        assertThat(one.stream.asked()).isEqualTo(1);
        assertThat(other.stream.asked()).isEqualTo(1);
    }

    @Test
    void unreachableOwnerIsNamed() throws Exception {
        Instance instance = new Instance(Optional.empty());
        String gone;
        try (ServerSocket socket = new ServerSocket(0)) {
            gone = "127.0.0.1:" + socket.getLocalPort();
        }
        instance.stream.answer = new Elsewhere<>(gone);
        HttpResponse<String> response = instance.get("/api/v1/tasks/t1");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body())
                .contains("Expected instance " + gone + " to answer within 3 s, but failed: ConnectException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ratchet_1:8484", "127.0.0.1:99999"})
    void ownerWithAnUnusableAddressIsNamed(String owner) {
        Instance instance = new Instance(Optional.empty());
        instance.stream.answer = new Elsewhere<>(owner);
        HttpResponse<String> response = instance.get("/api/v1/tasks/t1");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(response.body()).contains("Expected instance " + owner + " to answer within 3 s, but failed: ");
    }

    @Test
    void silentOwnerIsNamedAfterTheTimeout() throws Exception {
        Instance instance = new Instance(Optional.empty());
        try (ServerSocket silent = new ServerSocket(0)) { // accepts, and never answers
            instance.stream.answer = new Elsewhere<>("127.0.0.1:" + silent.getLocalPort());
            HttpResponse<String> response = instance.get("/api/v1/tasks/t1");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("to answer within 3 s, but failed: HttpTimeoutException");
        }
    }

    /** The address of an instance that has ended may belong to another program by now. */
    @ParameterizedTest
    @ValueSource(ints = {200, 302, 404, 500})
    void answerOfAnotherProgramIsNotTheTasks(int status) {
        try (HttpServer other = HttpServer.start(
                new HttpSettings("127.0.0.1", 0, Optional.empty(), Optional.empty()),
                List.of(routes -> routes.get(
                        "/api/v1/tasks/{id}", ctx -> ctx.status(status).html("<html>no such page</html>"))))) {
            Instance instance = new Instance(Optional.empty());
            instance.stream.answer = new Elsewhere<>(other.advertised());
            HttpResponse<String> response = instance.get("/api/v1/tasks/t1");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("Expected instance " + other.advertised() + " to answer");
        }
    }

    @Test
    void receiptWaitsForTheStatus() {
        Instance instance = new Instance(Optional.empty());
        CompletableFuture<HttpResponse<String>> receipt = instance.send("/api/v1/tasks/t1?atLeast=completed&wait=30s");
        await().until(() -> instance.stream.asked() > 2); // of a task that is not known yet
        instance.stream.answer = here(TaskStatus.IN_PROGRESS);
        int before = instance.stream.asked();
        await().until(() -> instance.stream.asked() > before + 2);
        assertThat(receipt).isNotDone();
        instance.stream.answer = here(TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED);
        assertThat(receipt).as("answered before the wait is over").succeedsWithin(Duration.ofSeconds(20));
        assertThat(receipt.join().body())
                .contains("\"receipt\":{\"atLeast\":\"COMPLETED\",\"reached\":true,\"definite\":true");
    }

    @Test
    void anotherEndIsADefiniteNo() {
        Instance instance = new Instance(Optional.empty());
        instance.stream.answer = here(TaskStatus.FAILED);
        HttpResponse<String> response = instance.get("/api/v1/tasks/t1?atLeast=COMPLETED&wait=30s");
        assertThat(response.body())
                .contains("\"reached\":false,\"definite\":true,\"message\":\"The task ended as FAILED");
        assertThat(instance.stream.asked()).isEqualTo(1);
    }

    @Test
    void waitEndsAtItsBound() {
        Instance instance = new Instance(Optional.empty());
        assertThat(instance.get("/api/v1/tasks/t1?atLeast=COMPLETED&wait=300ms").statusCode())
                .isEqualTo(404);
        instance.stream.answer = here(TaskStatus.SCHEDULED);
        HttpResponse<String> response = instance.get("/api/v1/tasks/t1?atLeast=COMPLETED&wait=300ms");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"reached\":false,\"definite\":false");
    }

    @Test
    void lostPartitionEndsTheWait() {
        Instance instance = new Instance(Optional.empty());
        CompletableFuture<HttpResponse<String>> receipt = instance.send("/api/v1/tasks/t1?atLeast=COMPLETED&wait=30s");
        await().until(() -> instance.stream.asked() > 2);
        instance.stream.answer = new Unreadable<>("partition 0 is moving between instances");
        assertThat(receipt.join().statusCode()).isEqualTo(503);
    }

    @Test
    void manyWaitsBlockNoThread() {
        Instance instance = new Instance(Optional.empty());
        List<CompletableFuture<HttpResponse<String>>> receipts = new ArrayList<>();
        for (int i = 0; i < 300; i++) { // far more than the server has threads
            receipts.add(instance.send("/api/v1/tasks/t1?atLeast=COMPLETED&wait=30s"));
        }
        await().until(() -> instance.get("/api/v1/tasks/t1").statusCode() == 404);
        instance.stream.answer = here(TaskStatus.COMPLETED);
        assertThat(receipts)
                .allSatisfy(receipt -> assertThat(receipt.join().statusCode()).isEqualTo(200));
    }

    @Test
    void stopAnswersWhatWaits() throws Exception {
        Instance instance = new Instance(Optional.empty());
        CompletableFuture<HttpResponse<String>> receipt = instance.send("/api/v1/tasks/t1?atLeast=COMPLETED&wait=30s");
        await().until(() -> instance.stream.asked() > 2);
        instance.endpoint.close();
        assertThat(receipt.join().statusCode()).isEqualTo(503);
        assertThat(receipt.join().body()).contains("Ratchet stops");
    }
}

package dev.ratchet.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.config.HttpSettings;
import dev.ratchet.http.HttpServer;
import dev.ratchet.http.RequestAuthenticator;
import dev.ratchet.stream.state.OpenAlert;
import dev.ratchet.v1.AlertKind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of open alerts, of two instances with two partitions each. */
class AlertsEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final FakeQueries one = new FakeQueries();
    private final FakeQueries two = new FakeQueries();
    private HttpServer first;
    private HttpServer second;

    @BeforeEach
    void start() {
        first = server(one);
        second = server(two);
        one.partitions = two.partitions = 4;
        one.others = Map.of(second.advertised(), Set.of(2, 3));
        two.others = Map.of(first.advertised(), Set.of(0, 1));
        one.alerts.putAll(Map.of(
                0, List.of(alert(AlertKind.LOST_UPDATE, "a", 30), alert(AlertKind.REPAIR_FAILED, "a", 40)),
                1, List.of(alert(AlertKind.STUCK, "b", 10))));
        two.alerts.putAll(Map.of(2, List.of(alert(AlertKind.LOST_UPDATE, "c", 20)), 3, List.of()));
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private static HttpServer server(FakeQueries stream) {
        HttpSettings settings = new HttpSettings("127.0.0.1", 0, Optional.of("s3cret"), Optional.empty());
        Queries queries = new Queries();
        queries.set(stream);
        return HttpServer.start(
                settings,
                List.of(routes -> AlertsEndpoint.ENDPOINT.addTo(
                        routes,
                        new RequestAuthenticator(settings),
                        new AlertsEndpoint(queries, new InstanceClient(), Runnable::run))));
    }

    private static OpenAlert alert(AlertKind kind, String taskId, long openedAt) {
        return new OpenAlert(kind, taskId, "HTTP", "w" + taskId, "ref", "why", openedAt);
    }

    @Test
    void alertsOfAllInstancesAreListedOldestFirst() throws Exception {
        for (HttpServer server : List.of(first, second)) {
            JsonNode page = read(server, "");
            assertThat(page.path("alerts").findValuesAsText("taskId")).containsExactly("b", "c", "a", "a");
            assertThat(page.path("alerts").get(0)).isEqualTo(JSON.readTree("""
                            {"kind": "STUCK", "taskId": "b", "taskType": "HTTP", "workflowId": "wb",
                             "referenceTaskName": "ref", "message": "why", "openedAt": "1970-01-01T00:00:00.010Z"}"""));
            assertThat(page.path("counts"))
                    .isEqualTo(JSON.readTree("{\"LOST_UPDATE\": 2, \"STUCK\": 1, \"REPAIR_FAILED\": 1}"));
            assertThat(page.path("partitions")).isEqualTo(JSON.readTree("[0, 1, 2, 3]"));
            assertThat(page.path("missing")).isEmpty();
            assertThat(page.path("next").isNull()).isTrue();
        }
    }

    @Test
    void filtersSelect() throws Exception {
        assertThat(read(first, "?kind=lost_update").path("alerts").findValuesAsText("taskId"))
                .containsExactly("c", "a");
        assertThat(read(first, "?workflowId=wb").path("counts")).isEqualTo(JSON.readTree("{\"STUCK\": 1}"));
        assertThat(read(first, "?taskType=SIMPLE").path("alerts")).isEmpty();
        one.alerts.put(1, List.of(alert(AlertKind.STUCK, "b", System.currentTimeMillis())));
        assertThat(read(first, "?minAge=1h").path("alerts").findValuesAsText("taskId"))
                .containsExactly("c", "a", "a");
    }

    @Test
    void manyAlertsArePagedOnceEach() throws Exception {
        int many = 20_000;
        Random random = new Random(1);
        for (FakeQueries instance : List.of(one, two)) {
            instance.alerts.replaceAll((partition, same) -> {
                List<OpenAlert> alerts = new ArrayList<>();
                for (int i = 0; i < many / 4; i++) { // many with the same time
                    alerts.add(alert(AlertKind.STUCK, partition + "-" + i, random.nextInt(100)));
                }
                Collections.shuffle(alerts, random);
                return alerts;
            });
        }
        List<String> tasks = new ArrayList<>();
        JsonNode page = read(first, "?limit=999");
        while (!page.path("next").isNull()) {
            assertThat(page.path("alerts")).hasSize(999);
            tasks.addAll(page.path("alerts").findValuesAsText("taskId"));
            page = read(
                    tasks.size() % 2 == 0 ? first : second, // either continues what the other began
                    "?limit=999&cursor=" + page.path("next").textValue());
        }
        tasks.addAll(page.path("alerts").findValuesAsText("taskId"));
        assertThat(tasks).hasSize(many).doesNotHaveDuplicates();
    }

    @Test
    void queriesThatNoUriHasArePassedOn() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), first.address().getPort())) {
            socket.setSoTimeout(20_000);
            String request = String.join(
                    "\r\n",
                    "GET /api/v1/alerts?taskType=a|b HTTP/1.1",
                    "Host: localhost",
                    "Connection: close",
                    "Authorization: Bearer s3cret",
                    "",
                    "");
            socket.getOutputStream().write(request.getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"missing\":[]");
        }
    }

    @Test
    void unreachableInstanceIsMissingAndNamed() throws Exception {
        String gone = gone();
        one.others = Map.of(gone, Set.of(2, 3));
        JsonNode page = read(first, "");
        assertThat(page.path("alerts").findValuesAsText("taskId")).containsExactly("b", "a", "a");
        assertThat(page.path("partitions")).isEqualTo(JSON.readTree("[0, 1]"));
        assertThat(page.path("missing")).singleElement().satisfies(missing -> {
            assertThat(missing.path("partitions")).isEqualTo(JSON.readTree("[2, 3]"));
            assertThat(missing.path("reason").textValue())
                    .startsWith("instance " + gone + " does not answer: ConnectException");
        });
    }

    @Test
    void partitionThatNobodyCanReadIsMissing() throws Exception {
        two.alerts.remove(3);
        for (HttpServer server : List.of(first, second)) {
            assertThat(read(server, "").path("missing")).singleElement().isEqualTo(JSON.readTree("""
                            {"partitions": [3],
                             "reason": "no instance can read them now: they are being assigned or restored"}"""));
        }
    }

    @Test
    void instanceThatRefusesIsMissing() throws Exception {
        HttpServer other = HttpServer.start(
                new HttpSettings("127.0.0.1", 0, Optional.empty(), Optional.empty()),
                List.of(routes -> routes.get("/api/v1/alerts", ctx -> ctx.result("<html>"))));
        try (other) {
            one.others = Map.of(other.advertised(), Set.of(2, 3));
            assertThat(read(first, "").path("missing").get(0).path("reason").textValue())
                    .isEqualTo("instance " + other.advertised() + " answered something else");
        }
    }

    /** Another program may listen where an instance has ended. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "[]",
                "<html>",
                "{\"alerts\":[null],\"counts\":{},\"partitions\":[2,3],\"missing\":[]}",
                "{\"alerts\":[{}],\"counts\":{},\"partitions\":[2,3],\"missing\":[]}",
                "{\"alerts\":[],\"counts\":{\"STUCK\":null},\"partitions\":[2,3],\"missing\":[]}",
                "{\"alerts\":[],\"counts\":{},\"partitions\":[2,null],\"missing\":[]}",
                "{\"alerts\":[],\"counts\":{},\"partitions\":[2],\"missing\":[{}]}"
            })
    void answerOfAnotherProgramIsMissing(String answer) throws Exception {
        try (HttpServer other = HttpServer.start(
                new HttpSettings("127.0.0.1", 0, Optional.empty(), Optional.empty()),
                List.of(routes -> routes.get("/api/v1/alerts", ctx -> ctx.result(answer))))) {
            one.others = Map.of(other.advertised(), Set.of(2, 3));
            JsonNode page = read(first, "");
            assertThat(page.path("partitions").toString()).isEqualTo("[0,1]");
            assertThat(page.path("missing").get(0).path("reason").textValue()).endsWith("answered something else");
        }
    }

    @Test
    void noReadablePartitionIsUnavailable() throws Exception {
        one.alerts.clear();
        String gone = gone();
        one.others = Map.of(gone, Set.of(2, 3));
        HttpResponse<String> response = get(first, "");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("partitions [2, 3]: instance " + gone, "partitions [0, 1]: no instance");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?limit=0", "?limit=1001", "?limit=x", "?kind=LOST", "?cursor=x", "?minAge=-1s", "?kinds=STUCK"})
    void wrongParametersAreRefused(String query) throws Exception {
        HttpResponse<String> response = get(first, query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body()).path("error").textValue()).startsWith("Expected ");
    }

    private static String gone() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    private static JsonNode read(HttpServer server, String query) throws Exception {
        HttpResponse<String> response = get(server, query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static HttpResponse<String> get(HttpServer server, String query) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://" + server.advertised() + "/api/v1/alerts" + query))
                        .header("Authorization", "Bearer s3cret")
                        .build(),
                BodyHandlers.ofString());
    }
}

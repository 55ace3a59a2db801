package dev.ratchet.conductor;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.binaryEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConductorClientTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int LARGEST_OUTPUT = 498;
    private static final String TASK = """
            {"taskType":"HTTP","status":"IN_PROGRESS","referenceTaskName":"upload__1","retryCount":2,"pollCount":3,
             "scheduledTime":1795359836446,"startTime":1795359836458,"endTime":0,"workflowInstanceId":"w1","taskId":"t1",
             "workflowTask":{"status":"NOT THIS","taskId":["nor this"]},"outputData":{"by":"A"},"parentTaskId":null,
             "workflowType":"loop","updateTime":1795359836460,"executed":true,"subworkflowChanged":false,
             "responseTimeoutSeconds":60,"callbackAfterSeconds":5,"externalOutputPayloadStoragePath":"s3/o.json",
             "workerId":"worker","reasonForIncompletion":"because","subWorkflowId":"child"}
            """;

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private final HttpConductorClient conductor = conductor(Optional.empty(), TIMEOUT, 10_000);

    @Test
    void aTaskIsReadAsConductorWritesIt() {
        SERVER.stubFor(get("/api/tasks/t1").willReturn(aResponse().withBody(TASK)));

        assertThat(conductor.task("t1"))
                .contains(new ConductorTask(
                        new TaskIdentity("t1", "w1", "loop", "HTTP", "upload__1"),
                        "IN_PROGRESS",
                        new EpochEvidence(
                                new EpochKey(1_795_359_836_446L, 2),
                                1_795_359_836_458L,
                                0,
                                3,
                                Flag.YES,
                                Flag.NO,
                                60,
                                5),
                        1_795_359_836_460L,
                        new TaskOutput(Optional.of("{\"by\":\"A\"}"), "s3/o.json", "worker", "because", "child")));
        SERVER.verify(getRequestedFor(urlEqualTo("/api/tasks/t1")).withHeader("Authorization", absent()));
    }

    @Test
    void numbersMayComeAsTextAndMostMayBeMissing() {
        answer(ok(
                "{\"taskId\":\"t1\",\"status\":\"NEW\",\"startTime\":\" 12 \",\"retryCount\":\"1\",\"endTime\":null}"));

        assertThat(conductor.task("t1"))
                .contains(new ConductorTask(
                        new TaskIdentity("t1", "", "", "", ""),
                        "NEW",
                        new EpochEvidence(
                                new EpochKey(0, 1), 12, 0, EpochKey.NO_COUNT, Flag.UNKNOWN, Flag.UNKNOWN, 0, 0),
                        0,
                        TaskOutput.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{ \"ä\" : 1.50, \"n\": 12345678901234567890.10, \"s\":\"} \\\" {\" }"})
    void anOutputIsKeptAsItCame(String output) {
        answer(ok("{\"taskId\":\"ö\",\"status\":\"NEW\",\"outputData\": " + output + " ,\"workerId\":\"w\"}"));

        TaskOutput payload = conductor.task("t1").orElseThrow().payload();
        assertThat(payload.output()).contains(output);
        assertThat(payload.workerId()).isEqualTo("w");
        assertThat(payload).hasToString("TaskOutput[output of " + output.length() + " characters]");
    }

    @ParameterizedTest
    @CsvSource({"490, true", "491, false"})
    void anOutputLargerThanWantedIsLeftOut(int length, boolean kept) {
        String output = "{\"x\":\"" + "ä".repeat(length / 2) + "x".repeat(length % 2) + "\"}"; // and 8 bytes more
        answer(ok("{\"taskId\":\"t1\",\"status\":\"NEW\",\"outputData\":" + output + "}"));

        TaskOutput payload = conductor.task("t1").orElseThrow().payload();
        assertThat(payload.output().isPresent()).isEqualTo(kept);
        assertThat(payload.complete()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"text\"", "[{}]", "7"})
    void whatIsNoObjectIsNoOutput(String output) {
        answer(ok("{\"taskId\":\"t1\",\"status\":\"NEW\",\"outputData\":" + output + "}"));

        assertThat(conductor.task("t1").orElseThrow().payload()).isEqualTo(TaskOutput.NONE);
    }

    @Test
    void whatIsTooLongForANameIsCut() {
        answer(ok("{\"taskId\":\"t1\",\"status\":\"NEW\",\"referenceTaskName\":\"" + "x".repeat(5_000) + "\"}"));

        assertThat(conductor.task("t1").orElseThrow().task().referenceTaskName())
                .hasSize(255);
    }

    @Test
    void aWorkflowIsReadWithoutItsTasks() {
        SERVER.stubFor(get("/api/workflow/w1?includeTasks=false")
                .willReturn(ok("{\"workflowId\":\"w1\",\"status\":\"PAUSED\",\"tasks\":[]}")));

        assertThat(conductor.workflow("w1")).contains(new ConductorWorkflow("w1", "PAUSED"));
    }

    @Test
    void anotherWorkflowIsSaidToBeAnother() {
        answer(ok("{\"workflowId\":\"w2\",\"status\":\"RUNNING\"}"));

        assertThat(conductor.workflow("w1")).contains(new ConductorWorkflow("w2", "RUNNING"));
    }

    @Test
    void anUpdateIsSentAsItIsAndNothingElse() {
        SERVER.stubFor(post("/api/tasks").willReturn(ok("t1")));

        conductor.update(new TaskUpdate(
                "t1",
                "w1",
                TaskStatus.COMPLETED,
                new TaskOutput(
                        Optional.of("{\"ä\": 1.50, \"a\":[ ]}"), "s3/o.json", "worker \"1\"", "because", "child")));

        String body = "{\"workflowInstanceId\":\"w1\",\"taskId\":\"t1\",\"status\":\"COMPLETED\","
                + "\"outputData\":{\"ä\": 1.50, \"a\":[ ]},\"externalOutputPayloadStoragePath\":\"s3/o.json\","
                + "\"workerId\":\"worker \\\"1\\\"\",\"reasonForIncompletion\":\"because\",\"subWorkflowId\":\"child\"}";
        SERVER.verify(postRequestedFor(urlEqualTo("/api/tasks"))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(binaryEqualTo(body.getBytes(UTF_8))));
    }

    @Test
    void whatIsUnknownIsLeftOutOfAnUpdate() {
        SERVER.stubFor(post("/api/tasks").willReturn(ok("t1")));

        conductor.update(update());

        SERVER.verify(postRequestedFor(urlEqualTo("/api/tasks"))
                .withRequestBody(binaryEqualTo(
                        "{\"workflowInstanceId\":\"w1\",\"taskId\":\"t1\",\"status\":\"FAILED\"}".getBytes(UTF_8))));
    }

    @Test
    void aDecisionIsAPutWithoutABody() {
        SERVER.stubFor(put("/api/workflow/decide/w1").willReturn(ok("")));

        conductor.decide("w1");

        SERVER.verify(putRequestedFor(urlEqualTo("/api/workflow/decide/w1")).withRequestBody(absent()));
    }

    @ParameterizedTest
    @CsvSource({
        "a b,       /api/tasks/a%20b",
        "a/b?c#d%e, /api/tasks/a%2Fb%3Fc%23d%25e",
        "ä+,        /api/tasks/%C3%A4%2B",
        "x.y,       /api/tasks/x.y",
    })
    void anIdIsOnePartOfThePath(String id, String path) {
        SERVER.stubFor(any(anyUrl()).willReturn(ok(TASK)));

        conductor.task(id);

        SERVER.verify(getRequestedFor(urlEqualTo(path)));
    }

    @ParameterizedTest
    @CsvSource({"Authorization, Bearer s3cret", "authorization, Bearer s3cret", "X-Authorization, s3cret"})
    void theTokenGoesInItsHeader(String header, String value) {
        answer(ok(TASK));
        var token = new ConductorEndpoint.Token(header, "s3cret");

        conductor(Optional.of(token), TIMEOUT, 10_000).task("t1");

        SERVER.verify(getRequestedFor(anyUrl()).withHeader(header, equalTo(value)));
        assertThat(token).hasToString(header + ": [hidden]");
    }

    @ParameterizedTest
    @CsvSource({
        "404, '{\"status\":404,\"message\":\"No such task found by id: t1\",\"instance\":\"vm\",\"retryable\":false}'",
        "204,"
    })
    void whatConductorDoesNotKnowIsEmpty(int status, String body) {
        answer(aResponse().withStatus(status).withBody(body));

        assertThat(conductor.task("t1")).isEmpty();
        assertThat(conductor.workflow("w1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n<html>Not Found</html>",
                "404 page not found",
                "default backend - 404",
                "{\"message\":\"no Route matched with those values\"}",
                "{\"timestamp\":1,\"status\":404,\"error\":\"Not Found\",\"path\":\"/tasks/t1\"}",
                ""
            })
    void aGatewaysNotFoundIsNoWordOfConductors(String body) {
        answer(aResponse().withStatus(404).withBody(body));

        unavailable(conductor).hasMessageContaining("is ratchet.conductor.url right?");
    }

    /** As Conductor 3.32.3 answers {@code GET /api/api/tasks/nope}. */
    @Test
    void anAddressThatIsNoneOfConductorsIsNoWordAboutTheTask() {
        answer(aResponse().withStatus(404).withBody("""
                {"status":404,"message":"No static resource api/api/tasks/nope.","instance":"vm","retryable":false}"""));

        unavailable(conductor).hasMessageContaining("is ratchet.conductor.url right?");
    }

    @Test
    void anUpdateOfATaskThatIsGoneIsRefused() {
        answer(aResponse().withStatus(404).withBody("{\"message\":\"no task\",\"retryable\":false}"));

        assertThatThrownBy(() -> conductor.update(update()))
                .isInstanceOf(ConductorRefusedException.class)
                .hasMessageContaining("Expected Conductor to accept POST /tasks, but it answered 404")
                .hasMessageContaining("no task");
        assertThatThrownBy(() -> conductor.decide("w1")).isInstanceOf(ConductorRefusedException.class);
    }

    @Test
    void aRefusalHasAShortReason() {
        answer(aResponse().withStatus(409).withBody("go\naway " + "x".repeat(5_000)));

        refused(409).hasMessageContaining("409: go away xx").message().hasSizeLessThan(600);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 401, 405, 407, 429, 502, 503, 504})
    void whatSaysNothingAboutTheTaskIsTheSameForAll(int status) {
        answer(aResponse().withStatus(status));

        unavailable(conductor)
                .isInstanceOfSatisfying(
                        ConductorUnavailableException.class,
                        e -> assertThat(e.affectsAllRequests()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 500, 408})
    void anErrorMayBeAboutOneTaskAlone(int status) {
        answer(aResponse().withStatus(status));

        unavailable(conductor)
                .isInstanceOfSatisfying(
                        ConductorUnavailableException.class,
                        e -> assertThat(e.affectsAllRequests()).isFalse());
    }

    @Test
    void whoIsNotLetInIsToldWhatToCheck() {
        answer(aResponse().withStatus(403).withBody("who are you?"));

        unavailable(conductor)
                .hasMessage("GET /tasks/t1: Conductor answered 403: who are you? (is ratchet.conductor.token right?)");
    }

    @Test
    void redirectsAreNotFollowed() {
        answer(aResponse().withStatus(302).withHeader("Location", "http://localhost:" + SERVER.getPort() + "/x"));

        unavailable(conductor).hasMessageContaining("302");
        SERVER.verify(0, getRequestedFor(urlEqualTo("/x")));
    }

    @Test
    void anAnswerWithoutEndIsRefused() {
        answer(ok("{\"taskId\":\"t1\",\"status\":\"NEW\",\"o\":\"" + "x".repeat(10_000) + "\"}"));

        refused(200).hasMessageContaining("more than the 10000 bytes");
    }

    @Test
    void anAnswerJustLargeEnoughIsRead() {
        String some = "{\"taskId\":\"t1\",\"status\":\"NEW\"}";
        answer(ok(some + " ".repeat(10_000 - some.length())));

        assertThat(conductor.task("t1")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 408})
    void whatMayMendIsUnavailable(int status) {
        answer(aResponse().withStatus(status));

        unavailable(conductor).hasMessageContaining("answered " + status);
        assertThatThrownBy(() -> conductor.update(update())).isInstanceOf(ConductorUnavailableException.class);
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "' 0 ', 0", "'Wed, 21 Oct 2026 07:28:00 GMT',", "-1,", "99999999999999999999,", "'',"})
    void itSaysHowLongToWaitIfConductorDid(String retryAfter, Long seconds) {
        answer(aResponse().withStatus(429).withHeader("Retry-After", retryAfter));

        unavailable(conductor)
                .extracting(e -> ((ConductorUnavailableException) e).retryAfter())
                .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aBrokenConnectionIsUnavailable(Fault fault) {
        answer(aResponse().withFault(fault));

        unavailable(conductor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"taskId\":\"t1\",\"status\":\"IN_PRO",
                "{\"taskId\":\"t1\",\"status\":\"NEW\"",
                "{\"taskId\":\"t1\",\"status\":\"NEW\"} {}",
                "[]",
                "null",
                "<html>",
                "{}",
                "{\"taskId\":\"t1\"}",
                "{\"taskId\":\" \",\"status\":\"NEW\"}",
                "{\"status\":\"NEW\"}",
                "{\"taskId\":\"t1\",\"status\":\"NEW\",\"startTime\":\"noon\"}",
                "{\"taskId\":\"t1\",\"status\":\"NEW\",\"pollCount\":1.5}"
            })
    void whatCannotBeReadIsUnavailable(String body) {
        answer(ok(body));

        unavailable(conductor).hasMessageContaining("GET /tasks/t1: 200, but unreadable");
    }

    @Test
    void aBodyShorterThanSaidIsUnavailable() {
        answer(ok(TASK).withHeader("Content-Length", "" + (TASK.length() + 10)));

        unavailable(conductor(Optional.empty(), SHORT, 10_000));
    }

    @Test
    void aServerThatSaysNothingIsUnavailable() {
        answer(ok(TASK).withFixedDelay((int) TIMEOUT.toMillis()));

        unavailable(conductor(Optional.empty(), SHORT, 10_000))
                .hasMessageContaining("no complete answer within PT0.3S");
    }

    @Test
    void aBodyThatStallsIsUnavailable() {
        answer(ok(TASK).withChunkedDribbleDelay(10, (int) TIMEOUT.toMillis()));

        unavailable(conductor(Optional.empty(), SHORT, 10_000))
                .hasMessageContaining("no complete answer within PT0.3S");
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() {
        var nowhere = ConductorEndpoint.at(URI.create("http://127.0.0.1:1/api"), Optional.empty());

        unavailable(new HttpConductorClient(nowhere, LARGEST_OUTPUT)).hasMessageContaining("ConnectException");
    }

    @Test
    void whoIsInterruptedLearnsNothing() {
        answer(ok(TASK).withFixedDelay(1_000));
        Thread.currentThread().interrupt();

        unavailable(conductor).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "ftp://host/api", "/api", "http://host/api?x", "http://host/api#x"})
    void anAddressThatIsNoneIsAMistake(String url) {
        assertThatThrownBy(() -> ConductorEndpoint.at(URI.create(url), Optional.empty()))
                .hasMessage("Expected Conductor's address to be http(s)://HOST[:PORT][/PATH], but got '" + url + "'");
    }

    private static HttpConductorClient conductor(
            Optional<ConductorEndpoint.Token> token, Duration timeout, int largest) {
        URI url = URI.create(SERVER.baseUrl() + "/api/"); // the last slash is not to be doubled
        return new HttpConductorClient(new ConductorEndpoint(url, token, TIMEOUT, timeout, largest), LARGEST_OUTPUT);
    }

    private static ResponseDefinitionBuilder ok(String body) {
        return aResponse().withBody(body);
    }

    private static void answer(ResponseDefinitionBuilder answer) {
        SERVER.stubFor(any(anyUrl()).willReturn(answer));
    }

    private static TaskUpdate update() {
        return new TaskUpdate("t1", "w1", TaskStatus.FAILED, TaskOutput.NONE);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(int status) {
        return assertThatThrownBy(() -> conductor.task("t1"))
                .isInstanceOf(ConductorRefusedException.class)
                .matches(e -> ((ConductorRefusedException) e).status() == status);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> unavailable(HttpConductorClient conductor) {
        return assertThatThrownBy(() -> conductor.task("t1")).isInstanceOf(ConductorUnavailableException.class);
    }
}

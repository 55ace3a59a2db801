package dev.ratchet.conductor;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.binaryEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent to Conductor. */
class ConductorRequestsTest extends StubbedConductor {
    @Test
    void updateContainsOutputByteForByte() {
        SERVER.stubFor(post("/api/tasks").willReturn(ok("t1")));

        conductor()
                .update(new TaskUpdate(
                        "t1",
                        "w1",
                        TaskStatus.COMPLETED,
                        new TaskOutput(
                                Optional.of("{\"ä\": 1.50, \"a\":[ ]}"),
                                "s3/o.json",
                                "worker \"1\"",
                                "because",
                                "child")));

        String body = "{\"workflowInstanceId\":\"w1\",\"taskId\":\"t1\",\"status\":\"COMPLETED\","
                + "\"outputData\":{\"ä\": 1.50, \"a\":[ ]},\"externalOutputPayloadStoragePath\":\"s3/o.json\","
                + "\"workerId\":\"worker \\\"1\\\"\",\"reasonForIncompletion\":\"because\",\"subWorkflowId\":\"child\"}";
        SERVER.verify(postRequestedFor(urlEqualTo("/api/tasks"))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(binaryEqualTo(body.getBytes(UTF_8))));
    }

    @Test
    void updateOmitsUnknownFields() {
        SERVER.stubFor(post("/api/tasks").willReturn(ok("t1")));

        conductor().update(update());

        SERVER.verify(postRequestedFor(urlEqualTo("/api/tasks"))
                .withRequestBody(binaryEqualTo(
                        "{\"workflowInstanceId\":\"w1\",\"taskId\":\"t1\",\"status\":\"FAILED\"}".getBytes(UTF_8))));
    }

    @Test
    void decideIsPutWithoutBody() {
        SERVER.stubFor(put("/api/workflow/decide/w1").willReturn(ok("")));

        conductor().decide("w1");

        SERVER.verify(putRequestedFor(urlEqualTo("/api/workflow/decide/w1")).withRequestBody(absent()));
    }

    @ParameterizedTest
    @CsvSource({
        "a b,       /api/tasks/a%20b",
        "a/b?c#d%e, /api/tasks/a%2Fb%3Fc%23d%25e",
        "ä+,        /api/tasks/%C3%A4%2B",
        "x.y,       /api/tasks/x.y",
    })
    void idIsOnePathSegment(String id, String path) {
        answer(ok(TASK));

        conductor().task(id);

        SERVER.verify(getRequestedFor(urlEqualTo(path)));
    }

    @Test
    void headersAreSentWithEachRequest() {
        answer(ok(TASK));

        conductor(Map.of("X-Authorization", "s3cret"), TIMEOUT).task("t1");

        SERVER.verify(getRequestedFor(anyUrl()).withHeader("X-Authorization", equalTo("s3cret")));
    }

    @Test
    void redirectsAreNotFollowed() {
        answer(aResponse().withStatus(302).withHeader("Location", "http://localhost:" + SERVER.getPort() + "/x"));

        assertUnavailable().hasMessageContaining("302");
        SERVER.verify(0, getRequestedFor(urlEqualTo("/x")));
    }
}

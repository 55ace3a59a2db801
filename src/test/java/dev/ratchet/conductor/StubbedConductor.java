package dev.ratchet.conductor;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An HTTP client, and a server that answers as a test says. */
abstract class StubbedConductor {
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final int MAX_OUTPUT_BYTES = 498;
    static final int MAX_RESPONSE_BYTES = 10_000;
    static final String TASK = """
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

    static HttpConductorClient conductor() {
        return conductor(Map.of(), TIMEOUT);
    }

    static HttpConductorClient conductor(Map<String, String> headers, Duration timeout) {
        URI url = URI.create(SERVER.baseUrl() + "/api/"); // the last slash is not to be doubled
        return new HttpConductorClient(url, headers, MAX_OUTPUT_BYTES, timeout, MAX_RESPONSE_BYTES);
    }

    static ResponseDefinitionBuilder ok(String body) {
        return aResponse().withBody(body);
    }

    /** To every request. */
    static void answer(ResponseDefinitionBuilder answer) {
        SERVER.stubFor(any(anyUrl()).willReturn(answer));
    }

    static TaskUpdate update() {
        return new TaskUpdate("t1", "w1", TaskStatus.FAILED, TaskOutput.NONE);
    }

    static AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
        return assertThatThrownBy(() -> conductor().task("t1")).isInstanceOf(ConductorRefusedException.class);
    }

    static AbstractThrowableAssert<?, ? extends Throwable> assertUnavailable() {
        return assertUnavailable(conductor());
    }

    static AbstractThrowableAssert<?, ? extends Throwable> assertUnavailable(HttpConductorClient conductor) {
        return assertThatThrownBy(() -> conductor.task("t1")).isInstanceOf(ConductorUnavailableException.class);
    }
}

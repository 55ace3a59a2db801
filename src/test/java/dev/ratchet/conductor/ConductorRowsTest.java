package dev.ratchet.conductor;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskOutput;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading of tasks and workflows. */
class ConductorRowsTest extends StubbedConductor {
    @Test
    void taskOfConductorIsRead() {
        SERVER.stubFor(get("/api/tasks/t1").willReturn(aResponse().withBody(TASK)));

        assertThat(conductor().task("t1"))
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
    void numbersMayBeTextAndMostFieldsMayBeMissing() {
        answer(ok(
                "{\"taskId\":\"t1\",\"status\":\"NEW\",\"startTime\":\" 12 \",\"retryCount\":\"1\",\"endTime\":null}"));

        assertThat(conductor().task("t1"))
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
    void outputIsKeptByteForByte(String output) {
        answer(ok("{\"taskId\":\"ö\",\"status\":\"NEW\",\"outputData\": " + output + " ,\"workerId\":\"w\"}"));

        TaskOutput payload = conductor().task("t1").orElseThrow().payload();
        assertThat(payload.output()).contains(output);
        assertThat(payload.workerId()).isEqualTo("w");
        assertThat(payload).hasToString("TaskOutput[output of " + output.length() + " characters]");
    }

    @ParameterizedTest
    @CsvSource({"490, true", "491, false"})
    void outputAboveLimitIsLeftOut(int length, boolean kept) {
        String output = "{\"x\":\"" + "ä".repeat(length / 2) + "x".repeat(length % 2) + "\"}"; // and 8 bytes more
        answer(ok("{\"taskId\":\"t1\",\"status\":\"NEW\",\"outputData\":" + output + "}"));

        TaskOutput payload = conductor().task("t1").orElseThrow().payload();
        assertThat(payload.output().isPresent()).isEqualTo(kept);
        assertThat(payload.complete()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"text\"", "[{}]", "7"})
    void nonObjectOutputIsIgnored(String output) {
        answer(ok("{\"taskId\":\"t1\",\"status\":\"NEW\",\"outputData\":" + output + "}"));

        assertThat(conductor().task("t1").orElseThrow().payload()).isEqualTo(TaskOutput.NONE);
    }

    @Test
    void longNameIsCut() {
        answer(ok("{\"taskId\":\"t1\",\"status\":\"NEW\",\"referenceTaskName\":\"" + "x".repeat(5_000) + "\"}"));

        assertThat(conductor().task("t1").orElseThrow().task().referenceTaskName())
                .hasSize(255);
    }

    @Test
    void workflowIsReadWithoutTasks() {
        SERVER.stubFor(get("/api/workflow/w1?includeTasks=false")
                .willReturn(ok("{\"workflowId\":\"w1\",\"status\":\"PAUSED\",\"tasks\":[]}")));

        assertThat(conductor().workflow("w1")).contains(new ConductorWorkflow("w1", "PAUSED"));
    }

    @Test
    void workflowIdComesFromResponse() {
        answer(ok("{\"workflowId\":\"w2\",\"status\":\"RUNNING\"}"));

        assertThat(conductor().workflow("w1")).contains(new ConductorWorkflow("w2", "RUNNING"));
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
    void unreadableResponseIsUnavailable(String body) {
        answer(ok(body));

        assertUnavailable().hasMessageContaining("GET /tasks/t1: 200, but unreadable");
    }
}

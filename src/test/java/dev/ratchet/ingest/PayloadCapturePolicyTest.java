package dev.ratchet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.Recordings;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.ingest.debezium.DebeziumReader;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.TaskStatusEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PayloadCapturePolicyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OUTPUT = "{\"a\": [1, {\"b\":\"\\\"}]\"}] , \"ü\":null}";

    @Test
    void outputOfTerminalTaskIsKeptUnchanged() {
        TaskOutput payload = read(row("COMPLETED", OUTPUT), 10_000);
        assertThat(payload.output()).contains(OUTPUT);
        assertThat(payload.workerId()).isEqualTo("w-1");
        assertThat(payload.reasonForIncompletion()).isEqualTo("none");
        assertThat(payload.subWorkflowId()).isEqualTo("sub");
        assertThat(payload.externalOutputPath()).isEqualTo("s3/x");
        assertThat(payload.toString()).doesNotContain("null}");
    }

    @Test
    void positionOfOutputInRecordDoesNotMatter() {
        for (int length = 0; length < 9_000; length += 1_234) {
            String longer = "{\"before\":{\"x\":\"" + "é".repeat(length) + "\"},"
                    + row("COMPLETED", OUTPUT).substring(1);
            assertThat(read(longer, 10_000).output())
                    .as("after %d characters", length)
                    .contains(OUTPUT);
        }
    }

    @Test
    void payloadOfLiveTaskIsNotKept() {
        assertThat(read(row("IN_PROGRESS", OUTPUT), 10_000)).isSameAs(TaskOutput.NONE);
    }

    @Test
    void payloadIsNotKeptByDefault() {
        assertThat(read(new DebeziumReader(0), row("COMPLETED", OUTPUT))).isSameAs(TaskOutput.NONE);
    }

    @Test
    void outputAboveLimitInBytesIsLeftOut() {
        int bytes = OUTPUT.getBytes(StandardCharsets.UTF_8).length;
        assertThat(read(row("COMPLETED", OUTPUT), bytes).output()).isPresent();
        TaskOutput cut = read(row("COMPLETED", OUTPUT), bytes - 1);
        assertThat(cut.output()).isEmpty();
        assertThat(cut.workerId()).isEqualTo("w-1");
    }

    @Test
    void nonObjectOutputIsMissing() {
        assertThat(read(row("COMPLETED", "null"), 10_000).output()).isEmpty();
        assertThat(read(row("COMPLETED", "[1]"), 10_000).output()).isEmpty();
    }

    @Test
    void recordedOutputsAreKeptUnchanged() throws IOException {
        DebeziumReader reader = new DebeziumReader(0, new PayloadCapturePolicy(100_000));
        int kept = 0;
        for (byte[] line : Recordings.lines("stress_1.cdc")) {
            if (reader.read(line) instanceof Reading.Event event
                    && event.event().status().isTerminal()) {
                String row = JSON.readTree(line).at("/value/after/json_data").asText();
                assertThat(JSON.readTree(event.payload().output().orElse("null")))
                        .isEqualTo(JSON.readTree(row).path("outputData"));
                kept++;
            }
        }
        assertThat(kept).isPositive();
    }

    @Test
    void outputOfNativeEventIsKept() {
        StatusEvent event =
                Read.by(new DebeziumReader(0), row("COMPLETED", OUTPUT)).event();
        TaskStatusEvent record = TaskRecords.event(event);
        record.setOutput(OUTPUT);
        record.setWorkerId("w-2");
        assertThat(new PayloadCapturePolicy(1_000).of(event, record).output()).contains(OUTPUT);
        assertThat(new PayloadCapturePolicy(1_000).of(event, record).workerId()).isEqualTo("w-2");
        assertThat(new PayloadCapturePolicy(1).of(event, record).output()).isEmpty();
        assertThat(PayloadCapturePolicy.NOTHING.of(event, record)).isSameAs(TaskOutput.NONE);
        assertThat(event.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(event.source()).isEqualTo(EventSource.CDC);
    }

    private static TaskOutput read(String record, int mostBytes) {
        return read(new DebeziumReader(0, new PayloadCapturePolicy(mostBytes)), record);
    }

    private static TaskOutput read(DebeziumReader reader, String record) {
        Reading reading = reader.read(record.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(Reading.Event.class);
        return ((Reading.Event) reading).payload();
    }

    private static String row(String status, String output) {
        try {
            String task = "{\"taskId\":\"t1\",\"inputData\":{\"x\":\"{}\"},\"status\":\"" + status
                    + "\",\"outputData\":"
                    + output + ",\"workerId\":\"w-1\",\"reasonForIncompletion\":\"none\",\"subWorkflowId\":\"sub\","
                    + "\"externalOutputPayloadStoragePath\":\"s3/x\"}";
            ObjectNode change = JSON.createObjectNode().put("op", "u");
            change.putObject("after").put("task_id", "t1").put("json_data", task);
            change.putObject("source").put("lsn", 1).put("ts_ms", 2);
            return JSON.writeValueAsString(change);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}

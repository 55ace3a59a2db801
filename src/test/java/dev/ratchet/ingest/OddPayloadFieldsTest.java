package dev.ratchet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ratchet.ingest.webhook.WebhookReader;
import dev.ratchet.task.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The status of a task matters more than a field beside its output. */
class OddPayloadFieldsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"workerId\":true",
                "\"workerId\":{\"a\":[1]}",
                "\"workerId\":7",
                "\"reasonForIncompletion\":[\"x\"]",
                "\"reasonForIncompletion\":1.5",
                "\"subWorkflowId\":false",
                "\"externalOutputPayloadStoragePath\":{}"
            })
    void statusIsReadWhateverOptionalFieldsHold(String field) {
        String json = "{\"taskId\":\"t1\",%s,\"status\":\"COMPLETED\",\"updateTime\":%d}"
                .formatted(field, NOW.toEpochMilli());

        Reading read = new WebhookReader(InstantSource.fixed(NOW)).read(json.getBytes(StandardCharsets.UTF_8));

        assertThat(read)
                .isInstanceOfSatisfying(
                        Reading.Event.class,
                        event -> assertThat(event.event().status()).isEqualTo(TaskStatus.COMPLETED));
    }

    @Test
    void laterOutputFieldDoesNotHideThatOutputWasTooLarge() throws Exception {
        char[] text = "{\"outputData\":{\"a\":\"0123456789\"},\"output\":null}".toCharArray();
        PayloadFields fields = new PayloadFields(new PayloadCapturePolicy(5), text, 0);
        try (JsonParser in = JsonValues.FACTORY.createParser(text)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String field = in.currentName();
                in.nextToken();
                fields.read(in, field);
            }
        }
        assertThat(fields.payload().complete()).isFalse();
    }
}

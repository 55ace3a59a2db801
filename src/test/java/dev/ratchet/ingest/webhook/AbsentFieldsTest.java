package dev.ratchet.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.v1.TaskStatusEvent;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbsentFieldsTest {
    private static final String LEAST =
            "{\"taskId\":\"t\",\"status\":\"SCHEDULED\",\"scheduledTime\":\"2026-11-22T15:03:37.318Z\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "}",
                ",\"workflowType\":null,\"updateTime\":null,\"retryCount\":null,\"output\":null}",
                ",\"workflowType\":\"\",\"workerId\":\"\",\"subWorkflowId\":\"\",\"output\":\"\"}"
            })
    void absentFieldsAreNull(String rest) {
        try (WebhookServer server = WebhookServer.with(Map.of())) {
            server.post(WebhookIntake.TASKS, LEAST + rest);
            assertThat(server.events())
                    .singleElement()
                    .satisfies(event -> assertThat(nullable(event))
                            .isNotEmpty()
                            .allSatisfy(field -> assertThat(event.get(field.pos()))
                                    .as(field.name())
                                    .isNull()));
        }
    }

    private static List<Schema.Field> nullable(TaskStatusEvent event) {
        return event.getSchema().getFields().stream()
                .filter(field -> field.schema().isNullable() && !field.name().equals("scheduledTime"))
                .toList();
    }
}

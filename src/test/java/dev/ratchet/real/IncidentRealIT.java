package dev.ratchet.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.embedded.EmbeddedKafka;
import dev.ratchet.v1.TaskStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** conductor-oss/conductor#176 on a stock Conductor, and what Ratchet makes of it. */
class IncidentRealIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ITERATIONS = 5;

    @TempDir
    Path folder;

    @Test
    @SuppressWarnings("try") // it is enough that they run
    void conductorLosesEveryCompletionAndRatchetNone() throws Exception {
        try (PostgresServer postgres = PostgresServer.start(folder);
                ConductorServer conductor = ConductorServer.start(folder, postgres);
                EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                RealStream ratchet = RealStream.start(folder, kafka)) {
            Debezium.prepare(postgres);
            Workflows workflows = new Workflows(conductor);
            workflows.registerTasks(Incident.BEFORE, Incident.ASYNC, Incident.AFTER);
            try (Debezium debezium = Debezium.start(folder, postgres, kafka, Map.of());
                    Workers workers = Workers.start(conductor, 0, Incident.BEFORE, Incident.AFTER);
                    Incident incident = Incident.start(conductor, workers)) {
                workflows.register(Incident.WORKFLOW, incident.tasks(ITERATIONS));
                String workflow = workflows.start(Incident.WORKFLOW);

                await("every completion to be overwritten")
                        .atMost(PATIENCE)
                        .until(() -> async(workflows.tasks(workflow)).stream()
                                        .filter(task -> status(task).equals("IN_PROGRESS"))
                                        .count()
                                == ITERATIONS);
                assertThat(workers.completed(Incident.AFTER)).isEqualTo(ITERATIONS);
                assertThat(workflows.status(workflow)).isEqualTo("RUNNING");
                List<JsonNode> tasks = workflows.tasks(workflow);
                assertThat(async(tasks)).allSatisfy(task -> {
                    assertThat(task.path("outputData").has("file")).isFalse();
                    assertThat(task.get("endTime").asLong()).isZero();
                });

                List<String> lost =
                        async(tasks).stream().map(IncidentRealIT::id).toList();
                assertThat(incident.reported()).containsOnlyKeys(lost);
                await("an alert for each")
                        .atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(ratchet.lostUpdates()).containsExactlyInAnyOrderElementsOf(lost));
                assertThat(lost)
                        .allSatisfy(task -> assertThat(
                                        ratchet.last(task).orElseThrow().getStatus())
                                .isEqualTo(TaskStatus.COMPLETED));
                assertThat(tasks)
                        .filteredOn(task -> !lost.contains(id(task)))
                        .allSatisfy(task -> await(task.get("referenceTaskName").asText())
                                .atMost(PATIENCE)
                                .untilAsserted(() -> assertThat(ratchet.last(id(task)))
                                        .hasValueSatisfying(change -> assertThat(
                                                        change.getStatus().name())
                                                .isEqualTo(status(task)))));
                assertThat(ratchet.outputs().deadLetters).isEmpty();
                assertThat(workflows.status(workflow)).isEqualTo("RUNNING");
            }
        }
    }

    private static List<JsonNode> async(List<JsonNode> tasks) {
        return tasks.stream()
                .filter(task -> task.get("taskDefName").asText().equals(Incident.ASYNC))
                .toList();
    }

    private static String status(JsonNode task) {
        return task.get("status").asText();
    }

    private static String id(JsonNode task) {
        return task.get("taskId").asText();
    }
}

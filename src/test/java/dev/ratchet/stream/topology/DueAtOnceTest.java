package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.RatchetTopologyTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.avro.TaskRecords;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is due at the very same time, or more than there is time for. */
class DueAtOnceTest {
    private static final String URL = "ratchet.conductor.url";
    private static final String CONDUCTOR = "http://localhost:9/api";

    @TempDir
    Path state;

    @Test
    void anEndThatIsForgottenWhenItsOutputIsDroppedIsForgotten() {
        try (Stage stage = new Stage(
                state, URL, CONDUCTOR, "ratchet.repair.capture", "PT1H", "ratchet.retention.terminal", "PT1H")) {
            TaskStatusEvent end = TaskRecords.event(event(TaskStatus.COMPLETED, 1));
            end.setOutput("{\"file\":\"a\"}");
            stage.event(end);
            assertThat(stage.outputs().get("t1")).isNotNull();
            stage.changelog.readValuesToList();
            stage.advance(Duration.ofHours(1));
            stage.advance(Duration.ofSeconds(1));
            assertThat(stage.outputs().get("t1")).isNull();
            assertThat(stage.changelog.readKeyValuesToList())
                    .as("the tombstone")
                    .singleElement()
                    .satisfies(record -> assertThat(record.value).isNull());
        }
    }

    @Test
    void endsOfWhichThereAreTooManyDoNotHoldUpTheAuditOfAQuietTask() {
        try (Stage stage = new Stage(
                state,
                URL,
                CONDUCTOR,
                "ratchet.audit.mode",
                "on",
                "ratchet.audit.rate",
                "1",
                "ratchet.audit.interval",
                "PT1M")) {
            stage.event(of("quiet", TaskStatus.IN_PROGRESS));
            boolean asked = false;
            for (int second = 0; second < 200 && !asked; second++) {
                int now = second;
                IntStream.range(0, 20).forEach(i -> stage.event(of("t" + now + "-" + i, TaskStatus.COMPLETED)));
                stage.advance(Duration.ofSeconds(1));
                List<RepairCommand> commands = stage.commands.readValuesToList();
                asked = commands.stream()
                        .anyMatch(command -> command.getTaskId().equals("quiet"));
            }
            assertThat(asked).isTrue();
            assertThat(stage.counters.skippedAudits()).isPositive();
        }
    }

    private static TaskStatusEvent of(String taskId, TaskStatus status) {
        TaskStatusEvent event = TaskRecords.event(event(status, 1));
        event.setTaskId(taskId);
        return event;
    }
}

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

/** Timers that are due at the same time, and more timers than one tick may process. */
class DueAtOnceTest {
    private static final String URL = "ratchet.conductor.url";
    private static final String CONDUCTOR = "http://localhost:9/api";

    @TempDir
    Path state;

    @Test
    void taskIsForgottenWhenOutputIsDroppedAtSameTime() {
        try (TopologyHarness harness = new TopologyHarness(
                state, URL, CONDUCTOR, "ratchet.repair.capture", "PT1H", "ratchet.retention.terminal", "PT1H")) {
            TaskStatusEvent end = TaskRecords.event(event(TaskStatus.COMPLETED, 1));
            end.setOutput("{\"file\":\"a\"}");
            harness.event(end);
            assertThat(harness.outputs().get("t1")).isNotNull();
            harness.changelog.readValuesToList();
            harness.advance(Duration.ofHours(1));
            harness.advance(Duration.ofSeconds(1));
            assertThat(harness.outputs().get("t1")).isNull();
            assertThat(harness.changelog.readKeyValuesToList())
                    .as("the tombstone")
                    .singleElement()
                    .satisfies(record -> assertThat(record.value).isNull());
        }
    }

    @Test
    void manyTerminalTasksDoNotDelayAuditOfQuietTask() {
        try (TopologyHarness harness = new TopologyHarness(
                state,
                URL,
                CONDUCTOR,
                "ratchet.audit.mode",
                "on",
                "ratchet.audit.rate",
                "1",
                "ratchet.audit.interval",
                "PT1M")) {
            harness.event(of("quiet", TaskStatus.IN_PROGRESS));
            boolean asked = false;
            for (int second = 0; second < 200 && !asked; second++) {
                int now = second;
                IntStream.range(0, 20).forEach(i -> harness.event(of("t" + now + "-" + i, TaskStatus.COMPLETED)));
                harness.advance(Duration.ofSeconds(1));
                List<RepairCommand> commands = harness.commands.readValuesToList();
                asked = commands.stream()
                        .anyMatch(command -> command.getTaskId().equals("quiet"));
            }
            assertThat(asked).isTrue();
            assertThat(harness.counters.skippedAudits()).isPositive();
        }
    }

    private static TaskStatusEvent of(String taskId, TaskStatus status) {
        TaskStatusEvent event = TaskRecords.event(event(status, 1));
        event.setTaskId(taskId);
        return event;
    }
}

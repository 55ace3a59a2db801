package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.RatchetTopologyTest.event;

import dev.ratchet.avro.TaskRecords;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Runs a topology with repair, and events for its timers. */
abstract class DueTimersFixture {
    static final String URL = "ratchet.conductor.url";
    static final String CONDUCTOR = "http://localhost:9/api";
    static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path state;

    TopologyHarness harness(String... more) {
        List<String> settings = new java.util.ArrayList<>(List.of(URL, CONDUCTOR, "ratchet.repair.mode", "apply"));
        settings.addAll(List.of(more));
        return new TopologyHarness(state, settings.toArray(String[]::new));
    }

    static void loseTerminalStatus(TopologyHarness harness) {
        loseTerminalStatus(harness, "t1");
    }

    static void loseTerminalStatus(TopologyHarness harness, String taskId) {
        harness.event(of(taskId, TaskStatus.IN_PROGRESS, 1, TaskSource.NATIVE));
        TaskStatusEvent end = of(taskId, TaskStatus.COMPLETED, 2, TaskSource.NATIVE);
        end.setOutput("{\"file\":\"a\"}");
        end.setWorkerId("worker-1");
        harness.event(end);
        harness.event(of(taskId, TaskStatus.IN_PROGRESS, 3, TaskSource.NATIVE));
    }

    /** Sends events of another task, so that the source is not silent. */
    static void keepSourceActive(TopologyHarness harness, int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            harness.event(of("other", TaskStatus.IN_PROGRESS, harness.clock().toEpochMilli(), TaskSource.NATIVE));
            harness.advance(MINUTE);
        }
    }

    static TaskStatusEvent of(String taskId, TaskStatus status, long sequence, TaskSource source) {
        TaskStatusEvent event = TaskRecords.event(event(status, sequence));
        event.setTaskId(taskId);
        event.setSource(source);
        return event;
    }

    static List<String> readAlerts(TopologyHarness harness) {
        return harness.alerts.readValuesToList().stream()
                .map(alert -> alert.getKind() + " " + (alert.getState() == AlertState.OPENED ? "OPENED" : "RESOLVED"))
                .toList();
    }
}

package dev.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ConductorRaceTest {
    private final ObjectNode completed = row("pack", "COMPLETED", 10, 20, 30);
    private final ObjectNode failed = row("pack", "FAILED", 10, 20, 30);

    @Test
    void staleCopyOverTerminalStatusIsRace() {
        assertThat(ConductorRace.between(completed, row("pack", "IN_PROGRESS", 10, 20, 0)))
                .contains("Conductor wrote IN_PROGRESS over COMPLETED of ref");
        assertThat(ConductorRace.between(completed, row("pack", "SCHEDULED", 10, 0, 0)))
                .isPresent();
    }

    @Test
    void secondWriteOfRetryOverTerminalStatusIsRace() {
        assertThat(ConductorRace.between(row("pack", "TIMED_OUT", 0, 0, 30), row("pack", "SCHEDULED", 25, 0, 0)))
                .isPresent();
    }

    /** The task was polled while it was canceled: a worker's task never returns to IN_PROGRESS. */
    @Test
    void pollOverCancellationIsRace() {
        assertThat(ConductorRace.between(row("pack", "CANCELED", 10, 0, 30), row("pack", "IN_PROGRESS", 10, 40, 0)))
                .isPresent();
    }

    @Test
    void replacedSuccessfulStatusIsRace() {
        assertThat(ConductorRace.between(completed, row("pack", "CANCELED", 10, 20, 31)))
                .isPresent();
        assertThat(ConductorRace.between(row("pack", "CANCELED", 10, 20, 31), completed))
                .isPresent();
    }

    @Test
    void rerunIsNoRace() {
        assertThat(ConductorRace.between(completed, row("pack", "SCHEDULED", 40, 0, 0)))
                .isEmpty();
        assertThat(ConductorRace.between(completed, row("pack", "SCHEDULED", 10, 20, 30)))
                .as("its first write")
                .isEmpty();
        assertThat(ConductorRace.between(failed, row("pack", "SCHEDULED", 10, 40, 0)))
                .as("a requeued sibling")
                .isEmpty();
        assertThat(ConductorRace.between(row("JOIN", "CANCELED", 10, 20, 30), row("JOIN", "IN_PROGRESS", 10, 40, 0)))
                .as("a sibling that a rerun returns to IN_PROGRESS")
                .isEmpty();
    }

    @Test
    void retryInPlaceIsNoRace() {
        assertThat(ConductorRace.between(row("JOIN", "CANCELED", 10, 20, 30), row("JOIN", "IN_PROGRESS", 10, 20, 30)))
                .isEmpty();
    }

    @Test
    void tickOverTerminalStatusAfterInPlaceRetryIsRace() {
        assertThat(ConductorRace.between(
                        row("JOIN", "CANCELED", 10, 20, 30),
                        row("JOIN", "IN_PROGRESS", 10, 20, 30).put("pollCount", 2)))
                .isPresent();
    }

    @Test
    void transitionBetweenUnsuccessfulStatusesIsNoRace() {
        assertThat(ConductorRace.between(failed, row("pack", "CANCELED", 10, 20, 31)))
                .isEmpty();
        assertThat(ConductorRace.between(failed, row("pack", "COMPLETED_WITH_ERRORS", 10, 20, 30)))
                .isEmpty();
        assertThat(ConductorRace.between(completed, completed)).isEmpty();
    }

    /** A late child may change any status of its parent's task. */
    @Test
    void lateChildStatusIsNoRace() {
        assertThat(ConductorRace.between(
                        row("SUB_WORKFLOW", "CANCELED", 10, 20, 0), row("SUB_WORKFLOW", "COMPLETED", 10, 20, 30)))
                .isEmpty();
        assertThat(ConductorRace.between(
                        row("SUB_WORKFLOW", "FAILED", 10, 20, 0), row("SUB_WORKFLOW", "IN_PROGRESS", 10, 20, 0)))
                .as("terminal status not yet written when the child is retried")
                .isEmpty();
    }

    private static ObjectNode row(String type, String status, long scheduled, long started, long completed) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("taskType", type)
                .put("referenceTaskName", "ref")
                .put("status", status)
                .put("scheduledTime", scheduled)
                .put("startTime", started)
                .put("endTime", completed)
                .put("retryCount", 0)
                .put("pollCount", 1);
    }
}

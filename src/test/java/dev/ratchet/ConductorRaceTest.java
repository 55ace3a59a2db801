package dev.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ConductorRaceTest {
    private final ObjectNode ended = row("pack", "COMPLETED", 10, 20, 30);
    private final ObjectNode failed = row("pack", "FAILED", 10, 20, 30);

    @Test
    void anOldCopyOverAnEndIsOne() {
        assertThat(ConductorRace.between(ended, row("pack", "IN_PROGRESS", 10, 20, 0)))
                .contains("Conductor wrote IN_PROGRESS over COMPLETED of ref");
        assertThat(ConductorRace.between(ended, row("pack", "SCHEDULED", 10, 0, 0)))
                .isPresent();
    }

    @Test
    void aRetrysSecondWriteOverAnEndIsOne() {
        assertThat(ConductorRace.between(row("pack", "TIMED_OUT", 0, 0, 30), row("pack", "SCHEDULED", 25, 0, 0)))
                .isPresent();
    }

    /** The task was polled at the moment it was cancelled: no worker's task is put back IN_PROGRESS. */
    @Test
    void aPollOverACancellationIsOne() {
        assertThat(ConductorRace.between(row("pack", "CANCELED", 10, 0, 30), row("pack", "IN_PROGRESS", 10, 40, 0)))
                .isPresent();
    }

    @Test
    void aSuccessfulEndThatAnotherEndReplacesIsOne() {
        assertThat(ConductorRace.between(ended, row("pack", "CANCELED", 10, 20, 31)))
                .isPresent();
        assertThat(ConductorRace.between(row("pack", "CANCELED", 10, 20, 31), ended))
                .isPresent();
    }

    @Test
    void aRerunIsNone() {
        assertThat(ConductorRace.between(ended, row("pack", "SCHEDULED", 40, 0, 0)))
                .isEmpty();
        assertThat(ConductorRace.between(ended, row("pack", "SCHEDULED", 10, 20, 30)))
                .as("its first write")
                .isEmpty();
        assertThat(ConductorRace.between(failed, row("pack", "SCHEDULED", 10, 40, 0)))
                .as("a sibling put back")
                .isEmpty();
        assertThat(ConductorRace.between(row("JOIN", "CANCELED", 10, 20, 30), row("JOIN", "IN_PROGRESS", 10, 40, 0)))
                .as("a sibling that a rerun puts back IN_PROGRESS")
                .isEmpty();
    }

    @Test
    void aRetryInPlaceIsNone() {
        assertThat(ConductorRace.between(row("JOIN", "CANCELED", 10, 20, 30), row("JOIN", "IN_PROGRESS", 10, 20, 30)))
                .isEmpty();
    }

    @Test
    void aTickOverTheEndOfWhatWasRetriedInPlaceIsOne() {
        assertThat(ConductorRace.between(
                        row("JOIN", "CANCELED", 10, 20, 30),
                        row("JOIN", "IN_PROGRESS", 10, 20, 30).put("pollCount", 2)))
                .isPresent();
    }

    @Test
    void fromOneUnsuccessfulEndToAnotherIsNone() {
        assertThat(ConductorRace.between(failed, row("pack", "CANCELED", 10, 20, 31)))
                .isEmpty();
        assertThat(ConductorRace.between(failed, row("pack", "COMPLETED_WITH_ERRORS", 10, 20, 30)))
                .isEmpty();
        assertThat(ConductorRace.between(ended, ended)).isEmpty();
    }

    /** A late child has its say, whatever its parent's task has come to. */
    @Test
    void aChildThatEndsOtherwiseIsNone() {
        assertThat(ConductorRace.between(
                        row("SUB_WORKFLOW", "CANCELED", 10, 20, 0), row("SUB_WORKFLOW", "COMPLETED", 10, 20, 30)))
                .isEmpty();
        assertThat(ConductorRace.between(
                        row("SUB_WORKFLOW", "FAILED", 10, 20, 0), row("SUB_WORKFLOW", "IN_PROGRESS", 10, 20, 0)))
                .as("its end not yet written when the child is retried")
                .isEmpty();
    }

    private static ObjectNode row(String type, String status, long scheduled, long started, long ended) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("taskType", type)
                .put("referenceTaskName", "ref")
                .put("status", status)
                .put("scheduledTime", scheduled)
                .put("startTime", started)
                .put("endTime", ended)
                .put("retryCount", 0)
                .put("pollCount", 1);
    }
}

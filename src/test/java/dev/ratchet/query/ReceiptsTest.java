package dev.ratchet.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiptsTest {
    @ParameterizedTest
    @CsvSource({
        "SCHEDULED,   SCHEDULED,             true,  true",
        "SCHEDULED,   COMPLETED,             true,  true",
        "IN_PROGRESS, SCHEDULED,             false, false",
        "IN_PROGRESS, FAILED,                true,  true",
        "COMPLETED,   IN_PROGRESS,           false, false",
        "COMPLETED,   COMPLETED,             true,  true",
        "COMPLETED,   COMPLETED_WITH_ERRORS, false, true",
        "COMPLETED,   FAILED,                false, true",
        "FAILED,      COMPLETED,             false, true",
    })
    void terminalStatusIsReachedByItselfOnly(
            TaskStatus asked, TaskStatus current, boolean isReached, boolean isDefinite) {
        TaskView.Receipt receipt =
                Receipts.of(asked, SampleTask.reported(current).task());
        assertThat(receipt.atLeast()).isEqualTo(asked);
        assertThat(receipt.reached()).isEqualTo(isReached);
        assertThat(receipt.definite()).isEqualTo(isDefinite);
    }

    @Test
    void messageSaysThatTheEndIsLostInConductor() {
        assertThat(Receipts.of(
                                TaskStatus.COMPLETED,
                                SampleTask.reported(TaskStatus.COMPLETED, TaskStatus.IN_PROGRESS)
                                        .task())
                        .message())
                .isEqualTo("The current status is COMPLETED, but Conductor has lost it and holds IN_PROGRESS");
        assertThat(Receipts.of(
                                TaskStatus.COMPLETED,
                                SampleTask.reported(TaskStatus.FAILED).task())
                        .message())
                .isEqualTo("The task ended as FAILED, not as COMPLETED");
    }
}

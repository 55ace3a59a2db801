package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.TERMINAL_CONFLICT;
import static dev.ratchet.task.TaskStatus.CANCELED;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.COMPLETED_WITH_ERRORS;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.FAILED_WITH_TERMINAL_ERROR;
import static dev.ratchet.task.TaskStatus.SKIPPED;
import static dev.ratchet.task.TaskStatus.TIMED_OUT;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks with two terminal statuses in one epoch. */
class TwoEndsTest {
    private static final List<TaskStatus> FAILURES = List.of(FAILED, FAILED_WITH_TERMINAL_ERROR, TIMED_OUT, CANCELED);

    @Test
    void transitionBetweenFailuresIsPublishedWithoutAlert() {
        for (TaskStatus first : FAILURES) {
            for (TaskStatus second : FAILURES) {
                if (first != second) {
                    Story.ofType("JOIN")
                            .given(first, 1)
                            .when(second, 2)
                            .thenPublishes(first, second, 2)
                            .asForwardStep()
                            .thenAlerts()
                            .inAgreement()
                            .when(first, 3)
                            .thenPublishes(second, first, 3)
                            .inAgreement();
                }
            }
        }
    }

    @Test
    void lastFailureIsCurrentInAnyArrivalOrder() {
        Story.ofType("JOIN")
                .given(CANCELED, 2)
                .when(FAILED, 1)
                .andStaysAt(CANCELED)
                .inAgreement();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "COMPLETED_WITH_ERRORS", "SKIPPED"})
    void overwrittenSuccessStaysCurrentAndIsConflict(TaskStatus success) {
        for (TaskStatus failure : FAILURES) {
            Story.ofType("JOIN")
                    .given(success, 1)
                    .when(failure, 2)
                    .thenRejects(TERMINAL_CONFLICT)
                    .andStaysAt(success)
                    .inConflict();
        }
    }

    @Test
    void successAfterFailureIsConflict() {
        Story.ofType("JOIN")
                .given(FAILED, 1)
                .when(COMPLETED, 2)
                .thenRejects(TERMINAL_CONFLICT)
                .inConflict()
                .when(CANCELED, 3)
                .thenPublishes(FAILED, CANCELED, 2)
                .inAgreement();
    }

    @Test
    void optionalTaskMayFailTwiceBeforeCompletedWithErrors() {
        Story.ofType("JOIN")
                .given(FAILED, 1)
                .given(CANCELED, 2)
                .when(COMPLETED_WITH_ERRORS, 3)
                .thenPublishes(CANCELED, COMPLETED_WITH_ERRORS, 3)
                .when(SKIPPED, 4)
                .thenRejects(TERMINAL_CONFLICT);
    }
}

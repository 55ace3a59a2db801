package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.DUPLICATE;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TestEvent.event;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Terminal reports and closed epochs that the state of a task keeps. */
class TerminalReportTest {
    @Test
    void lateTerminalReportIsKeptWhenRerunRecordJoins() {
        story().given(event(COMPLETED, 3).keyed(100, 0).ran(110, 120, 1).from(EventSource.NATIVE))
                .given(event(SCHEDULED, 5).keyed(100, 0).ran(110, 120, 1).from(EventSource.NATIVE))
                .given(event(FAILED, 4).keyed(100, 0).ran(110, 118, 1).from(EventSource.NATIVE))
                .given(event(SCHEDULED, 6).keyed(200, 0).from(EventSource.NATIVE))
                .inEpoch(2, EpochDecision.RERUN)
                .when(event(IN_PROGRESS, 7).keyed(200, 0).ran(110, 118, 1).from(EventSource.NATIVE))
                .inEpoch(3, EpochDecision.REOPENED);
    }

    @Test
    void closedEpochsAndTerminalReportsAreBounded() {
        Story story = story();
        for (int epochState = 1; epochState < 60; epochState++) {
            for (int end = 0; end < 20; end++) {
                story.when(event(COMPLETED, epochState * 100L + end)
                        .keyed(epochState, 0)
                        .ran(1, epochState * 100L + end, 1));
            }
        }
        TaskState state = story.state();
        assertThat(state.epoch().closed())
                .hasSize(Epoch.MAX_ENTRIES)
                .extracting(ClosedEpoch::key)
                .startsWith(new EpochKey(59 - Epoch.MAX_ENTRIES, 0))
                .endsWith(new EpochKey(58, 0));
        assertThat(state.epoch().terminalReports())
                .hasSize(Epoch.MAX_ENTRIES)
                .extracting(TerminalReport::sequence)
                .startsWith(5_920L - Epoch.MAX_ENTRIES)
                .endsWith(5_919L);
        story.when(event(COMPLETED, 5_900).keyed(59, 0).ran(1, 5_900, 1)).thenRejects(DUPLICATE);
        assertThat(story.state()).isSameAs(state);
    }

    @Test
    void terminalReportHasSequenceOfItsFirstRecord() {
        TestEvent end = event(COMPLETED, 3).keyed(100, 0).ran(110, 120, 1);
        TestEvent again = event(COMPLETED, 5).keyed(100, 0).ran(110, 120, 1);
        TestEvent reopening = event(SCHEDULED, 4).keyed(100, 0).ran(110, 120, 1);
        story().given(end).given(again).when(reopening).inEpoch(2, EpochDecision.REOPENED);
        Story late = story().given(again).given(end);
        assertThat(late.state().epoch().terminalReports()).containsExactly(TerminalReport.of(end.toEvent(Story.TASK)));
        late.when(reopening).inEpoch(2, EpochDecision.REOPENED);
    }

    @Test
    void duplicateAddsMissingTerminalEvidence() {
        story().given(event(COMPLETED, 3))
                .when(event(COMPLETED, 3).ran(110, 120, 1))
                .thenRejects(DUPLICATE)
                .when(event(SCHEDULED, 4).ran(110, 120, 1))
                .inEpoch(2, EpochDecision.REOPENED);
    }

    @Test
    void terminalReportsDifferByAnyField() {
        Story story = story().given(event(COMPLETED, 3).ran(110, 120, 1))
                .given(event(FAILED, 4).ran(110, 120, 1))
                .given(event(COMPLETED, 5).ran(111, 120, 1))
                .given(event(COMPLETED, 6).ran(110, 121, 1))
                .given(event(COMPLETED, 7).ran(110, 120, 2))
                .given(event(COMPLETED, 8).ran(110, 120, 1));
        assertThat(story.state().epoch().terminalReports())
                .extracting(TerminalReport::sequence)
                .containsExactly(3L, 4L, 5L, 6L, 7L);
    }
}

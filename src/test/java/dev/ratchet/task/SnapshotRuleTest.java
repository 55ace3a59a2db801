package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TestEvent.event;

import org.junit.jupiter.api.Test;

/** Rows of Debezium's initial, later and incremental snapshots; rows of incremental snapshots have no log position. */
class SnapshotRuleTest {
    private static final long NO_POSITION = 0;

    @Test
    void changeIsLaterThanSnapshotRowAtAnyPosition() {
        story().given(event(IN_PROGRESS, 1_000).fromSnapshot())
                .when(event(COMPLETED, 990))
                .thenPublishes(IN_PROGRESS, COMPLETED, 2)
                .asForwardStep()
                .inAgreement();
    }

    @Test
    void nonTerminalChangeAfterTerminalRowIsLostUpdate() {
        story().given(event(COMPLETED, 1_000).keyed(100, 0).ran(110, 120, 1).fromSnapshot())
                .when(event(IN_PROGRESS, 990).at(130).keyed(100, 0).ran(110, 0, 1))
                .thenRejects(BACKWARD_TRANSITION)
                .diverged();
    }

    @Test
    void newerSnapshotBeforeAnyChangeIsApplied() {
        story().given(event(SCHEDULED, 1_000).fromSnapshot())
                .when(event(SCHEDULED, 1_000).fromSnapshot())
                .thenChangesNothingPublished()
                .when(event(COMPLETED, NO_POSITION).fromSnapshot())
                .thenPublishes(SCHEDULED, COMPLETED, 2)
                .asForwardStep();
    }

    @Test
    void snapshotRowBehindLastChangeIsIgnored() {
        story().given(event(SCHEDULED, 900))
                .given(event(COMPLETED, 1_100))
                .when(event(IN_PROGRESS, 1_000).fromSnapshot())
                .thenIgnores()
                .when(event(IN_PROGRESS, NO_POSITION).at(2_000).fromSnapshot())
                .thenIgnores()
                .inAgreement();
    }

    @Test
    void redeliveredSnapshotIsIgnoredAfterChangeAtLowerPosition() {
        story().given(event(IN_PROGRESS, 1_000).at(10).fromSnapshot())
                .given(event(COMPLETED, 990).at(20))
                .when(event(IN_PROGRESS, 1_000).at(10).fromSnapshot())
                .thenIgnores()
                .inAgreement();
    }

    /** After the slot and some changes were lost. */
    @Test
    void laterSnapshotReportsMissedChanges() {
        story().given(event(IN_PROGRESS, 900).at(10))
                .when(event(COMPLETED, 5_000).at(50).fromSnapshot())
                .thenPublishes(IN_PROGRESS, COMPLETED, 2)
                .asForwardStep()
                .when(event(IN_PROGRESS, 4_990).at(60))
                .thenRejects(BACKWARD_TRANSITION)
                .diverged();
    }

    /** The connector has lost its offsets: it reads the table again, and then the log from the slot's position. */
    @Test
    void changesFromBeforeSnapshotAreIgnored() {
        TestEvent completed = event(COMPLETED, 2_000).at(500).keyed(100, 0).ran(110, 120, 1);
        Story story = story().given(completed.fromSnapshot());
        story.when(event(SCHEDULED, 1_500).at(101).keyed(100, 0).ran(0, 0, 0)).thenIgnores();
        story.when(event(IN_PROGRESS, 1_600).at(111).keyed(100, 0).ran(110, 0, 1))
                .thenIgnores()
                .inAgreement();
        story.when(event(COMPLETED, 1_700).at(121).keyed(100, 0).ran(110, 120, 1))
                .thenChangesNothingPublished();
        story.when(event(IN_PROGRESS, 2_100).at(130).keyed(100, 0).ran(110, 0, 1))
                .thenRejects(BACKWARD_TRANSITION)
                .diverged();
    }

    @Test
    void terminalChangeAfterRowCountsDespiteSlowDatabaseClock() {
        story().given(event(IN_PROGRESS, 1_000)
                        .at(500)
                        .keyed(100, 0)
                        .ran(110, 0, 1)
                        .fromSnapshot())
                .when(event(COMPLETED, 1_100).at(50).keyed(100, 0).ran(110, 120, 1))
                .thenPublishes(IN_PROGRESS, COMPLETED, 2)
                .inAgreement();
    }
}

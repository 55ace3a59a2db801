package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.BACKWARD_TRANSITION;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.Told.that;

import org.junit.jupiter.api.Test;

/** Rows of Debezium's snapshots: the initial one, a later one, and incremental ones, whose rows have no log position. */
class SnapshotRuleTest {
    private static final long NO_POSITION = 0;

    @Test
    void aChangeIsLaterThanTheRowBeforeItWhateverTheirPositions() {
        story().given(that(IN_PROGRESS, 1_000).inASnapshot())
                .when(that(COMPLETED, 990))
                .thenPublishes(IN_PROGRESS, COMPLETED, 2)
                .asAStepForward()
                .inAgreement();
    }

    @Test
    void anEndedRowAndAnOpenChangeAfterItAreALostUpdate() {
        story().given(that(COMPLETED, 1_000).keyed(100, 0).ran(110, 120, 1).inASnapshot())
                .when(that(IN_PROGRESS, 990).at(130).keyed(100, 0).ran(110, 0, 1))
                .thenRefuses(BACKWARD_TRANSITION)
                .diverged();
    }

    @Test
    void aSnapshotThatIsTakenAnewBeforeAnyChangeIsFollowed() {
        story().given(that(SCHEDULED, 1_000).inASnapshot())
                .when(that(SCHEDULED, 1_000).inASnapshot())
                .thenChangesNothingPublished()
                .when(that(COMPLETED, NO_POSITION).inASnapshot())
                .thenPublishes(SCHEDULED, COMPLETED, 2)
                .asAStepForward();
    }

    @Test
    void aRowReadBeforeTheLastChangeIsIgnored() {
        story().given(that(SCHEDULED, 900))
                .given(that(COMPLETED, 1_100))
                .when(that(IN_PROGRESS, 1_000).inASnapshot())
                .thenIgnores()
                .when(that(IN_PROGRESS, NO_POSITION).at(2_000).inASnapshot())
                .thenIgnores()
                .inAgreement();
    }

    @Test
    void aSnapshotDeliveredAgainIsIgnoredThoughAChangeHadALowerPosition() {
        story().given(that(IN_PROGRESS, 1_000).at(10).inASnapshot())
                .given(that(COMPLETED, 990).at(20))
                .when(that(IN_PROGRESS, 1_000).at(10).inASnapshot())
                .thenIgnores()
                .inAgreement();
    }

    /** After the slot was lost, and changes with it. */
    @Test
    void aLaterSnapshotTellsWhatWasMissed() {
        story().given(that(IN_PROGRESS, 900).at(10))
                .when(that(COMPLETED, 5_000).at(50).inASnapshot())
                .thenPublishes(IN_PROGRESS, COMPLETED, 2)
                .asAStepForward()
                .when(that(IN_PROGRESS, 4_990).at(60))
                .thenRefuses(BACKWARD_TRANSITION)
                .diverged();
    }

    /** The connector has lost its offsets: it reads the table anew, and then the log from where the slot stands. */
    @Test
    void theLogReadAgainFromBeforeTheSnapshotIsIgnored() {
        Told completed = that(COMPLETED, 2_000).at(500).keyed(100, 0).ran(110, 120, 1);
        Story story = story().given(completed.inASnapshot());
        story.when(that(SCHEDULED, 1_500).at(101).keyed(100, 0).ran(0, 0, 0)).thenIgnores();
        story.when(that(IN_PROGRESS, 1_600).at(111).keyed(100, 0).ran(110, 0, 1))
                .thenIgnores()
                .inAgreement();
        story.when(that(COMPLETED, 1_700).at(121).keyed(100, 0).ran(110, 120, 1))
                .thenChangesNothingPublished();
        story.when(that(IN_PROGRESS, 2_100).at(130).keyed(100, 0).ran(110, 0, 1))
                .thenRefuses(BACKWARD_TRANSITION)
                .diverged();
    }

    @Test
    void anEndThatTheRowDoesNotShowCountsThoughTheDatabasesClockIsSlow() {
        story().given(that(IN_PROGRESS, 1_000)
                        .at(500)
                        .keyed(100, 0)
                        .ran(110, 0, 1)
                        .inASnapshot())
                .when(that(COMPLETED, 1_100).at(50).keyed(100, 0).ran(110, 120, 1))
                .thenPublishes(IN_PROGRESS, COMPLETED, 2)
                .inAgreement();
    }
}

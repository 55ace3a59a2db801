package dev.ratchet.repair.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {
    private final OffsetTracker progress = new OffsetTracker();

    @Test
    void whereNothingWasReadThereIsNothingToCommit() {
        assertThat(progress.committable()).isEmpty();
    }

    @Test
    void anOpenRepairIsNeverPassed() {
        progress.begins(5, true);
        progress.begins(6, true);
        progress.ends(6);
        progress.passes(7);

        thenCommits(5);
    }

    @Test
    void anOpenAuditIsPassedOnlyForARepairBehindItThatIsDone() {
        progress.begins(5, false);
        progress.begins(6, true);
        progress.passes(7);
        thenCommits(5);

        progress.ends(6);
        thenCommits(7);

        progress.ends(5);
        thenCommits(8);
    }

    @Test
    void anAuditThatIsPassedDoesNotDragAnOpenRepairAlong() {
        progress.begins(5, false);
        progress.begins(6, true);
        progress.begins(7, true);
        progress.ends(7);

        thenCommits(6);
    }

    @Test
    void whatIsCommittedIsNotCommittedAgain() {
        progress.passes(5);
        progress.isCommitted(6);

        assertThat(progress.committable()).isEmpty();
    }

    private void thenCommits(long offset) {
        assertThat(progress.committable()).isEqualTo(OptionalLong.of(offset));
    }
}

package dev.ratchet.repair.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {
    private final OffsetTracker progress = new OffsetTracker();

    @Test
    void nothingIsCommittableWithoutCommands() {
        assertThat(progress.committable()).isEmpty();
    }

    @Test
    void openRepairIsNeverPassed() {
        progress.start(5, true);
        progress.start(6, true);
        progress.complete(6);
        progress.skip(7);

        thenCommits(5);
    }

    @Test
    void openAuditIsPassedOnlyForLaterCompletedRepair() {
        progress.start(5, false);
        progress.start(6, true);
        progress.skip(7);
        thenCommits(5);

        progress.complete(6);
        thenCommits(7);

        progress.complete(5);
        thenCommits(8);
    }

    @Test
    void auditIsPassedOnlyUpToOpenRepair() {
        progress.start(5, false);
        progress.start(6, true);
        progress.start(7, true);
        progress.complete(7);

        thenCommits(6);
    }

    @Test
    void offsetIsCommittedOnce() {
        progress.skip(5);
        progress.markCommitted(6);

        assertThat(progress.committable()).isEmpty();
    }

    private void thenCommits(long offset) {
        assertThat(progress.committable()).isEqualTo(OptionalLong.of(offset));
    }
}

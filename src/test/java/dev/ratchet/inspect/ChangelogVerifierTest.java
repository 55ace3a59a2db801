package dev.ratchet.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusChange;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangelogVerifierTest {
    private static final long COMPACTED = 1_000;
    private static final long RECENT = 2_000;

    private final ChangelogVerifier verifier = new ChangelogVerifier(Instant.ofEpochMilli(COMPACTED));

    @Test
    void aChainOfStepsIsRight() {
        assertThat(check(1, null, TaskStatus.SCHEDULED, 10)).isEmpty();
        assertThat(check(2, TaskStatus.SCHEDULED, TaskStatus.IN_PROGRESS, 20)).isEmpty();
        assertThat(check(3, TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED, 30)).isEmpty();
        assertThat(verifier.changes()).isEqualTo(3);
        verifier.endPartition();
        assertThat(verifier.tasks()).isEqualTo(1);
        assertThat(verifier.unchecked()).isZero();
    }

    @Test
    void compactionMayHaveRemovedTheFirstChanges() {
        assertThat(check(7, TaskStatus.SCHEDULED, TaskStatus.IN_PROGRESS, 20)).isEmpty();
        assertThat(check(8, TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED, 30)).isEmpty();
        assertThat(verifier.unchecked()).isEqualTo(1);
    }

    @Test
    void aGapThatCompactionExplainsIsCountedAndNotReported() {
        TaskStatusChange old = change(1, null, TaskStatus.SCHEDULED, 10);
        assertThat(verifier.check("t1", old, COMPACTED - 1, false)).isEmpty();
        TaskStatusChange next = change(4, TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED, 20);
        assertThat(verifier.check("t1", next, RECENT, false)).isEmpty();
        assertThat(verifier.unchecked()).isEqualTo(1);
    }

    @Test
    void aGapThatIsTooYoungForCompactionIsReported() {
        assertThat(verifier.check("t1", change(1, null, TaskStatus.SCHEDULED, 10), COMPACTED, false))
                .isEmpty();
        assertThat(check(4, TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED, 20))
                .contains("chain: expected revision 2 after 1, but got 4");
    }

    @Test
    void aChangeThatIsPublishedAgainIsRight() {
        check(1, null, TaskStatus.SCHEDULED, 10);
        check(2, TaskStatus.SCHEDULED, TaskStatus.IN_PROGRESS, 20);
        assertThat(verifier.check("t1", change(2, null, TaskStatus.IN_PROGRESS, 20), RECENT, true))
                .isEmpty();
        assertThat(check(3, TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED, 30)).isEmpty();
        assertThat(verifier.publishedAgain()).isEqualTo(1);
    }

    @Test
    void theSameRevisionWithoutTheMarkOrWithAnotherStatusIsWrong() {
        check(1, null, TaskStatus.SCHEDULED, 10);
        check(2, TaskStatus.SCHEDULED, TaskStatus.IN_PROGRESS, 20);
        assertThat(check(2, TaskStatus.SCHEDULED, TaskStatus.IN_PROGRESS, 20))
                .contains("chain: expected revision 3 after 2, but got 2");
        assertThat(verifier.check("t1", change(2, null, TaskStatus.COMPLETED, 20), RECENT, true))
                .contains("chain: expected revision 3 after 2, but got 2");
    }

    /** The bound that the documentation states, with a margin for other JVMs. */
    @Test
    void aMillionTasksFitInADefaultHeap() {
        int count = 200_000;
        long before = usedHeap();
        for (int i = 0; i < count; i++) {
            TaskStatusChange change = change(1, null, TaskStatus.SCHEDULED, i);
            assertThat(verifier.check(new UUID(i, i).toString(), change, RECENT, false))
                    .isEmpty();
        }
        assertThat((usedHeap() - before) / count).isLessThan(300);
        verifier.endPartition();
        assertThat(verifier.tasks()).isEqualTo(count);
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void aMissingRevisionBreaksTheChain() {
        check(1, null, TaskStatus.SCHEDULED, 10);

        assertThat(check(3, TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED, 30))
                .contains("chain: expected revision 2 after 1, but got 3");
    }

    @Test
    void anotherPreviousStatusBreaksTheChain() {
        check(1, null, TaskStatus.SCHEDULED, 10);

        assertThat(check(2, TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED, 30))
                .contains("chain: expected revision 2 to follow SCHEDULED, but its previous status is IN_PROGRESS");
    }

    @Test
    void aBackwardStepIsWrongUnlessItIsACorrection() {
        check(1, null, TaskStatus.COMPLETED, 10);

        assertThat(check(2, TaskStatus.COMPLETED, TaskStatus.IN_PROGRESS, 20))
                .hasValueSatisfying(finding -> assertThat(finding)
                        .startsWith("forward: expected revision 2 to be a step that Conductor makes or a correction"));

        TaskStatusChange correction = change(3, TaskStatus.IN_PROGRESS, TaskStatus.SCHEDULED, 5);
        correction.setCorrection(true);
        assertThat(verifier.check("t1", correction, RECENT, false)).isEmpty();
    }

    @Test
    void anEarlierSequenceOrEpochIsWrong() {
        check(1, null, TaskStatus.SCHEDULED, 10);
        assertThat(check(2, TaskStatus.SCHEDULED, TaskStatus.IN_PROGRESS, 9))
                .contains("forward: expected a sequence of at least 10 in revision 2, but got 9");

        TaskStatusChange epoch = change(3, TaskStatus.IN_PROGRESS, TaskStatus.SCHEDULED, 40);
        epoch.setEpoch(2);
        assertThat(verifier.check("t1", epoch, RECENT, false)).isEmpty();
        assertThat(check(4, TaskStatus.SCHEDULED, TaskStatus.IN_PROGRESS, 50))
                .contains("forward: expected epoch 2 or a later one in revision 4, but got 1");
    }

    @Test
    void afterATombstoneATaskMayComeBack() {
        check(5, TaskStatus.SCHEDULED, TaskStatus.COMPLETED, 10);
        assertThat(verifier.check("t1", null, RECENT, false)).isEmpty();
        assertThat(check(1, null, TaskStatus.SCHEDULED, 20)).isEmpty();
        assertThat(verifier.removed()).isEqualTo(1);
        assertThat(verifier.startedOver()).isZero();
    }

    @Test
    void revisionsThatStartOverAreCounted() {
        check(1, null, TaskStatus.SCHEDULED, 10);
        assertThat(check(1, null, TaskStatus.SCHEDULED, 10)).isEmpty();
        assertThat(verifier.startedOver()).isEqualTo(1);
    }

    @Test
    void tasksAreIndependent() {
        check(1, null, TaskStatus.SCHEDULED, 10);
        assertThat(verifier.check("t2", change(4, TaskStatus.SCHEDULED, TaskStatus.IN_PROGRESS, 1), RECENT, false))
                .isEmpty();
    }

    private Optional<String> check(long revision, @Nullable TaskStatus previous, TaskStatus status, long sequence) {
        return verifier.check("t1", change(revision, previous, status, sequence), RECENT, false);
    }

    private static TaskStatusChange change(
            long revision, @Nullable TaskStatus previous, TaskStatus status, long sequence) {
        TaskStatusChange change = new TaskStatusChange();
        change.setTaskId("t1");
        change.setTaskType("SIMPLE");
        change.setStatus(status);
        change.setPreviousStatus(previous);
        change.setEpoch(1);
        change.setSequence(sequence);
        change.setRevision(revision);
        change.setOccurredAt(Instant.EPOCH);
        change.setSource(TaskSource.CDC);
        return change;
    }
}

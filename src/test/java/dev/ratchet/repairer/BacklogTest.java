package dev.ratchet.repairer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.repair.AuditRequest;
import dev.ratchet.repair.RepairMode;
import dev.ratchet.repair.RepairRequest;
import dev.ratchet.repair.TaskUpdate;
import dev.ratchet.task.LifeKey;
import dev.ratchet.task.Payload;
import dev.ratchet.task.TaskStatus;
import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final TopicPartition ONE = new TopicPartition("commands", 0);
    private static final TopicPartition OTHER = new TopicPartition("commands", 1);

    private static final long NOW = -7; // as System.nanoTime, which may be negative

    private final Backlog backlog = new Backlog();

    @Test
    void repairsGoBeforeAudits() {
        Waiting audit = audit(ONE, 1);
        Waiting repair = repair(ONE, 2);

        assertThat(backlog.next(true, NOW)).isSameAs(repair);
        assertThat(backlog.next(true, NOW)).isSameAs(audit);
        assertThat(backlog.next(true, NOW)).isNull();
    }

    @Test
    void auditsMayHaveToWait() {
        audit(ONE, 1);

        assertThat(backlog.next(false, NOW)).isNull();
        assertThat(backlog.isEmpty()).isFalse();
    }

    @Test
    void afterARepairThatGotNoAnswerAnAuditHasItsTurnOnce() {
        Waiting audit = audit(ONE, 1);
        audit(ONE, 2);
        Waiting repair = repair(ONE, 3);

        backlog.later(backlog.next(true, NOW));

        assertThat(backlog.next(true, NOW)).isSameAs(audit);
        assertThat(backlog.next(true, NOW)).isSameAs(repair);
    }

    @Test
    void whatGotNoAnswerGoesBehindTheOthers() {
        Waiting first = repair(ONE, 1);
        Waiting second = repair(ONE, 2);

        backlog.later(backlog.next(true, NOW));

        assertThat(List.of(backlog.next(true, NOW), backlog.next(true, NOW))).containsExactly(second, first);
    }

    @Test
    void whatConductorWasNotEvenAskedAboutIsTheNextAgain() {
        Waiting first = repair(ONE, 1);
        Waiting second = repair(ONE, 2);

        backlog.again(backlog.next(true, NOW));

        assertThat(List.of(backlog.next(true, NOW), backlog.next(true, NOW))).containsExactly(first, second);
    }

    @Test
    void whatRestsIsPassedByThoseThatDoNot() {
        Waiting first = repair(ONE, 1);
        first.tries();
        first.restUntil(NOW + 5);
        Waiting second = repair(ONE, 2);

        assertThat(backlog.next(true, NOW)).isSameAs(second);
        assertThat(backlog.next(true, NOW + 4)).isNull();
        assertThat(backlog.isEmpty()).isFalse();
        assertThat(backlog.next(true, NOW + 5)).isSameAs(first);
    }

    @Test
    void whatWasNeverAskedAboutAndWhatGotNoAnswerTakeTurns() {
        Waiting tried = repair(ONE, 1);
        tried.tries();
        Waiting other = repair(ONE, 2);
        other.tries();
        Waiting fresh = repair(ONE, 3);
        Waiting next = repair(ONE, 4);

        assertThat(List.of(
                        backlog.next(true, NOW),
                        backlog.next(true, NOW),
                        backlog.next(true, NOW),
                        backlog.next(true, NOW)))
                .containsExactly(fresh, tried, next, other);
    }

    @Test
    void repairsThatGotNoAnswerKeepNoOthersFromBeingReadWithinBounds() {
        for (int i = 0; i < 100; i++) {
            assertThat(backlog.hasManyRepairs()).as("%d", i).isFalse();
            repair(ONE, i).tries();
        }
        assertThat(backlog.hasManyRepairs()).isTrue();

        backlog.next(true, NOW);
        assertThat(backlog.isFullWithOneMore()).isTrue();
        assertThat(backlog.hasManyRepairs()).isFalse();
        repair(ONE, 100);
        assertThat(backlog.isFullWithOneMore())
                .as("before all were asked about")
                .isFalse();
    }

    @Test
    void whatIsIssuedAgainWhileItWaitsIsDoneWithTheFirst() {
        Waiting first = repair(ONE, 1);
        backlog.add(new Waiting(ONE, 2, first.order));

        backlog.done(backlog.next(true, NOW));

        assertThat(backlog.isEmpty()).isTrue();
        assertThat(backlog.committable()).containsEntry(ONE, new OffsetAndMetadata(3));
    }

    @Test
    void whatOthersSeeToIsForgotten() {
        repair(ONE, 1);
        audit(ONE, 2);
        Waiting kept = audit(OTHER, 7);

        backlog.forget(List.of(ONE));
        backlog.done(backlog.next(true, NOW));

        assertThat(backlog.isEmpty()).isTrue();
        assertThat(kept.partition).isEqualTo(OTHER);
        assertThat(backlog.committable()).containsOnly(java.util.Map.entry(OTHER, new OffsetAndMetadata(8)));
    }

    @Test
    void anAuditThatIsDroppedIsDone() {
        audit(ONE, 1);

        backlog.dropFirstAudit();

        assertThat(backlog.firstAudit()).isNull();
        assertThat(backlog.committable()).containsEntry(ONE, new OffsetAndMetadata(2));
    }

    @Test
    void whatConductorAnswersNobodyIsHeldAgainstNobody() {
        Waiting waiting = repair(ONE, 1);

        assertThat(waiting.fails(4)).isEqualTo(1);
        assertThat(waiting.fails(4)).isEqualTo(1);
        assertThat(waiting.fails(5)).isEqualTo(2);
    }

    private Waiting audit(TopicPartition partition, long offset) {
        return added(new Waiting(
                partition,
                offset,
                new Order.ToAudit(
                        new AuditRequest(
                                "t", 1, 1, TaskStatus.IN_PROGRESS, TaskStatus.IN_PROGRESS, LifeKey.UNKNOWN, 0, 0),
                        0)));
    }

    private Waiting repair(TopicPartition partition, long offset) {
        TaskUpdate update = new TaskUpdate("t" + offset, "w", TaskStatus.FAILED, Payload.NONE);
        return added(new Waiting(
                partition,
                offset,
                new Order.ToRepair(
                        Commands.repair("t" + offset),
                        new RepairRequest(update, LifeKey.UNKNOWN, 0, 1, RepairMode.APPLY))));
    }

    private Waiting added(Waiting waiting) {
        backlog.add(waiting);
        return waiting;
    }
}

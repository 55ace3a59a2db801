package dev.ratchet.repair.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.conductor.TaskUpdate;
import dev.ratchet.repair.AuditRequest;
import dev.ratchet.repair.RepairRequest;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.trace.TraceHeaders;
import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CommandQueueTest {
    private static final TopicPartition ONE = new TopicPartition("commands", 0);
    private static final TopicPartition OTHER = new TopicPartition("commands", 1);

    private static final long NOW = -7; // as System.nanoTime, which may be negative

    private final CommandQueue queue = new CommandQueue();

    @Test
    void repairsGoBeforeAudits() {
        PendingCommand audit = audit(ONE, 1);
        PendingCommand repair = repair(ONE, 2);

        assertThat(queue.next(true, NOW)).isSameAs(repair);
        assertThat(queue.next(true, NOW)).isSameAs(audit);
        assertThat(queue.next(true, NOW)).isNull();
    }

    @Test
    void auditsWaitIfNotAllowed() {
        audit(ONE, 1);

        assertThat(queue.next(false, NOW)).isNull();
        assertThat(queue.isEmpty()).isFalse();
    }

    @Test
    void requeuedRepairLetsOneAuditPass() {
        PendingCommand audit = audit(ONE, 1);
        audit(ONE, 2);
        PendingCommand repair = repair(ONE, 3);

        queue.requeueLast(queue.next(true, NOW));

        assertThat(queue.next(true, NOW)).isSameAs(audit);
        assertThat(queue.next(true, NOW)).isSameAs(repair);
    }

    @Test
    void requeueLastPutsCommandBehindOthers() {
        PendingCommand first = repair(ONE, 1);
        PendingCommand second = repair(ONE, 2);

        queue.requeueLast(queue.next(true, NOW));

        assertThat(List.of(queue.next(true, NOW), queue.next(true, NOW))).containsExactly(second, first);
    }

    @Test
    void requeueFirstMakesCommandNext() {
        PendingCommand first = repair(ONE, 1);
        PendingCommand second = repair(ONE, 2);

        queue.requeueFirst(queue.next(true, NOW));

        assertThat(List.of(queue.next(true, NOW), queue.next(true, NOW))).containsExactly(first, second);
    }

    @Test
    void restingCommandIsPassed() {
        PendingCommand first = repair(ONE, 1);
        first.countTry();
        first.restUntil(NOW + 5);
        PendingCommand second = repair(ONE, 2);

        assertThat(queue.next(true, NOW)).isSameAs(second);
        assertThat(queue.next(true, NOW + 4)).isNull();
        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue.next(true, NOW + 5)).isSameAs(first);
    }

    @Test
    void newAndTriedCommandsAlternate() {
        PendingCommand tried = repair(ONE, 1);
        tried.countTry();
        PendingCommand other = repair(ONE, 2);
        other.countTry();
        PendingCommand fresh = repair(ONE, 3);
        PendingCommand next = repair(ONE, 4);

        assertThat(List.of(queue.next(true, NOW), queue.next(true, NOW), queue.next(true, NOW), queue.next(true, NOW)))
                .containsExactly(fresh, tried, next, other);
    }

    @Test
    void triedRepairsDoNotStopReadingUpToALimit() {
        for (int i = 0; i < 100; i++) {
            assertThat(queue.hasManyRepairs()).as("%d", i).isFalse();
            repair(ONE, i).countTry();
        }
        assertThat(queue.hasManyRepairs()).isTrue();

        queue.next(true, NOW);
        assertThat(queue.isFullWithOneMore()).isTrue();
        assertThat(queue.hasManyRepairs()).isFalse();
        repair(ONE, 100);
        assertThat(queue.isFullWithOneMore()).as("before all were asked about").isFalse();
    }

    @Test
    void reissuedRepairIsSkippedWhileQueued() {
        PendingCommand first = repair(ONE, 1);
        queue.add(new PendingCommand(ONE, 2, first.command, TraceHeaders.NONE));

        queue.complete(queue.next(true, NOW));

        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.committable()).containsEntry(ONE, new OffsetAndMetadata(3));
    }

    @Test
    void commandsOfRevokedPartitionsAreRemoved() {
        repair(ONE, 1);
        audit(ONE, 2);
        PendingCommand kept = audit(OTHER, 7);

        queue.removePartitions(List.of(ONE));
        queue.complete(queue.next(true, NOW));

        assertThat(queue.isEmpty()).isTrue();
        assertThat(kept.partition).isEqualTo(OTHER);
        assertThat(queue.committable()).containsOnly(java.util.Map.entry(OTHER, new OffsetAndMetadata(8)));
    }

    @Test
    void droppedAuditIsCompleted() {
        audit(ONE, 1);

        queue.dropFirstAudit();

        assertThat(queue.firstAudit()).isNull();
        assertThat(queue.committable()).containsEntry(ONE, new OffsetAndMetadata(2));
    }

    @Test
    void failuresWithoutAnswersInBetweenCountOnce() {
        PendingCommand pending = repair(ONE, 1);

        assertThat(pending.countFailure(4)).isEqualTo(1);
        assertThat(pending.countFailure(4)).isEqualTo(1);
        assertThat(pending.countFailure(5)).isEqualTo(2);
    }

    private PendingCommand audit(TopicPartition partition, long offset) {
        return added(new PendingCommand(
                partition,
                offset,
                new Command.ToAudit(
                        Commands.audit("t", dev.ratchet.v1.TaskStatus.IN_PROGRESS),
                        new AuditRequest(
                                "t", 1, 1, TaskStatus.IN_PROGRESS, TaskStatus.IN_PROGRESS, EpochKey.UNKNOWN, 0, 0)),
                TraceHeaders.NONE));
    }

    private PendingCommand repair(TopicPartition partition, long offset) {
        TaskUpdate update = new TaskUpdate("t" + offset, "w", TaskStatus.FAILED, TaskOutput.NONE);
        return added(new PendingCommand(
                partition,
                offset,
                new Command.ToRepair(
                        Commands.repair("t" + offset), new RepairRequest(update, EpochKey.UNKNOWN, 0, 1, false)),
                TraceHeaders.NONE));
    }

    private PendingCommand added(PendingCommand pending) {
        queue.add(pending);
        return pending;
    }
}

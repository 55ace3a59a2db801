package dev.ratchet.repair.worker;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Commands that are read and not completed. Repairs go before audits. Not thread-safe. */
final class CommandQueue {

    /** New repairs in memory, since each may carry an output. */
    static final int MOST_REPAIRS = 20;

    /** Including those that Conductor did not answer about, so that these do not keep others from being read. */
    private static final int MOST_REPAIRS_IN_ALL = 100;

    /** Audits are small: reading past them finds the repairs behind them. */
    static final int MOST_AUDITS = 10_000;

    private final Deque<PendingCommand> repairs = new ArrayDeque<>();
    private final Deque<PendingCommand> audits = new ArrayDeque<>();
    private final Map<TopicPartition, OffsetTracker> progress = new HashMap<>();
    private boolean auditNext;
    private boolean triedCommandNext;

    /**
     * Adds a command. A repair that is already queued is skipped: the first one will have a result, and it may carry an
     * output that is no longer stored.
     */
    void add(PendingCommand pending) {
        if (pending.command.fold(this::isQueued, audit -> false)) {
            skip(pending.partition, pending.offset);
            return;
        }
        progress(pending.partition).start(pending.offset, pending.command.isRepair());
        queue(pending).addLast(pending);
    }

    private boolean isQueued(Command.ToRepair repair) {
        return repairs.stream().anyMatch(one -> one.command.fold(queued -> queued.isSameAs(repair), audit -> false));
    }

    void skip(TopicPartition partition, long offset) {
        progress(partition).skip(offset);
    }

    int size() {
        return repairs.size() + audits.size();
    }

    boolean isEmpty() {
        return repairs.isEmpty() && audits.isEmpty();
    }

    boolean hasManyRepairs() {
        return repairs.size() >= MOST_REPAIRS_IN_ALL
                || repairs.stream().filter(PendingCommand::isNew).count() >= MOST_REPAIRS;
    }

    boolean hasManyAudits() {
        return audits.size() > MOST_AUDITS;
    }

    /**
     * The next command to execute; it is then completed or queued again. Null if there is none, or all wait for their next
     * try.
     *
     * @param now as {@link System#nanoTime}
     */
    @Nullable
    PendingCommand next(boolean alsoAudits, long now) {
        PendingCommand audit = auditNext && alsoAudits ? first(audits, now) : null;
        PendingCommand first = audit == null ? first(repairs, now) : audit;
        auditNext = false;
        return first == null && alsoAudits ? first(audits, now) : first;
    }

    /** Alternates between new commands and retries, so that neither kind blocks the other. */
    private @Nullable PendingCommand first(Deque<PendingCommand> queue, long now) {
        PendingCommand fresh = null;
        PendingCommand tried = null;
        for (PendingCommand pending : queue) {
            if (pending.isNew()) {
                fresh = pending;
                break;
            }
            tried = tried == null && !pending.isResting(now) ? pending : tried;
        }
        PendingCommand first = tried == null || (fresh != null && !triedCommandNext) ? fresh : tried;
        if (first != null) {
            triedCommandNext = first == fresh;
            queue.remove(first);
        }
        return first;
    }

    /** Whether the queue is full if the command that came from {@link #next} returns, and every repair was tried. */
    boolean isFullWithOneMore() {
        return repairs.size() + 1 >= MOST_REPAIRS_IN_ALL && repairs.stream().noneMatch(PendingCommand::isNew);
    }

    @Nullable
    PendingCommand firstAudit() {
        return audits.peekFirst();
    }

    void dropFirstAudit() {
        complete(audits.removeFirst());
    }

    /**
     * Queues a command that got no answer behind the others. After a repair the next command is an audit, if there is one:
     * otherwise one repair that Conductor never answers would block all audits.
     */
    void requeueLast(PendingCommand pending) {
        queue(pending).addLast(pending);
        auditNext = pending.command.isRepair();
    }

    /**
     * Queues a command that was not sent to Conductor as the next one. If it went behind the others, the command that opened
     * the circuit breaker would also be the one that probes it, each time.
     */
    void requeueFirst(PendingCommand pending) {
        queue(pending).addFirst(pending);
        auditNext = !pending.command.isRepair();
    }

    /** Completes a command that came from {@link #next}. */
    void complete(PendingCommand pending) {
        progress(pending.partition).complete(pending.offset);
    }

    /** Drops the commands of partitions that were revoked. */
    void removePartitions(Collection<TopicPartition> partitions) {
        repairs.removeIf(pending -> partitions.contains(pending.partition));
        audits.removeIf(pending -> partitions.contains(pending.partition));
        progress.keySet().removeAll(partitions);
    }

    /** Offsets that have moved since the last {@link #markCommitted}. */
    Map<TopicPartition, OffsetAndMetadata> committable() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        progress.forEach((partition, one) ->
                one.committable().ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset))));
        return offsets;
    }

    void markCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> progress(partition).markCommitted(offset.offset()));
    }

    private OffsetTracker progress(TopicPartition partition) {
        return progress.computeIfAbsent(partition, one -> new OffsetTracker());
    }

    private Deque<PendingCommand> queue(PendingCommand pending) {
        return pending.command.isRepair() ? repairs : audits;
    }
}

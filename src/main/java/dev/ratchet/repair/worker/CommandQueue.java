package dev.ratchet.repair.worker;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What was read and is not done. Repairs go before audits. For one thread. */
final class CommandQueue {
    /** Repairs bear outputs, so no more are read than these; half of Kafka's default of one fetch. */
    static final int MOST_REPAIRS = 20;

    /** Those that Conductor gave no answer about included, so that these keep no others from being read. */
    private static final int MOST_REPAIRS_IN_ALL = 100;

    /** Audits are small: reading on behind them finds the repairs. */
    static final int MOST_AUDITS = 10_000;

    private final Deque<PendingCommand> repairs = new ArrayDeque<>();
    private final Deque<PendingCommand> audits = new ArrayDeque<>();
    private final Map<TopicPartition, OffsetTracker> progress = new HashMap<>();
    private boolean auditNext;
    private boolean triedCommandNext;

    /**
     * What was issued again while it still waits here is done with at once: the first one will be answered, and it may bear
     * an output that is not kept any more.
     */
    void add(PendingCommand pending) {
        if (pending.command.fold(this::isQueued, audit -> false)) {
            skip(pending.partition, pending.offset);
            return;
        }
        progress(pending.partition).start(pending.offset, pending.isRepair());
        queue(pending).addLast(pending);
    }

    private boolean isQueued(Command.ToRepair repair) {
        return repairs.stream().anyMatch(one -> one.command.fold(queued -> queued.isSameAs(repair), audit -> false));
    }

    void skip(TopicPartition partition, long offset) {
        progress(partition).skip(offset);
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
     * The next one to do, which is then done or comes {@link #requeueLast}; null if there is none, or all rest.
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

    /** One that was never asked about, and one that got no answer, in turn: neither kind keeps the other waiting. */
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

    /** Whether, with one more that came {@link #next}, there is no room for others though Conductor was asked about all. */
    boolean isFullWithOneMore() {
        return repairs.size() + 1 >= MOST_REPAIRS_IN_ALL && repairs.stream().noneMatch(PendingCommand::isNew);
    }

    /** The audit that has waited longest, or is tried again; null if there is none. */
    @Nullable
    PendingCommand firstAudit() {
        return audits.peekFirst();
    }

    void dropFirstAudit() {
        complete(audits.removeFirst());
    }

    /**
     * Conductor gave no answer: the others go first. After a repair the next one is an audit, if there is any: were it
     * always the repair, one that Conductor never answers would keep all audits waiting.
     */
    void requeueLast(PendingCommand pending) {
        queue(pending).addLast(pending);
        auditNext = pending.isRepair();
    }

    /**
     * Conductor was not even asked, because of others: it is the next again. Were it put behind them, the one that opened
     * the circuit would be the one to try it each time, and keep it open.
     */
    void requeueFirst(PendingCommand pending) {
        queue(pending).addFirst(pending);
        auditNext = !pending.isRepair();
    }

    /** One that came {@link #next}. */
    void complete(PendingCommand pending) {
        progress(pending.partition).complete(pending.offset);
    }

    /** Others see to these partitions now. */
    void removePartitions(Collection<TopicPartition> partitions) {
        repairs.removeIf(pending -> partitions.contains(pending.partition));
        audits.removeIf(pending -> partitions.contains(pending.partition));
        progress.keySet().removeAll(partitions);
    }

    /** What has moved since the last {@link #markCommitted}. */
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
        return pending.isRepair() ? repairs : audits;
    }
}

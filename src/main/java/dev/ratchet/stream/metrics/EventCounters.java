package dev.ratchet.stream.metrics;

import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.RepairState;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the outcome of every record read: accepted, unchanged, rejected, ignored or dead-lettered. One for all threads
 * of the stream. Counts what was processed, which after a failure is more than what was committed.
 */
public final class EventCounters {
    private final Map<EventSource, Map<OutcomeKind, LongAdder>> events = new EnumMap<>(EventSource.class);
    private final Map<DeadLetterCategory, LongAdder> deadLetters = new EnumMap<>(DeadLetterCategory.class);

    private final Map<RepairState.Result, LongAdder> answers = new EnumMap<>(RepairState.Result.class);
    private final LongAdder refusedWrites = new LongAdder();
    private final LongAdder unansweredRepairs = new LongAdder();
    private final LongAdder deferred = new LongAdder();
    private final LongAdder skippedAudits = new LongAdder();

    public EventCounters() {
        for (RepairState.Result result : RepairState.Result.values()) {
            answers.put(result, new LongAdder());
        }
        for (EventSource source : EventSource.values()) {
            Map<OutcomeKind, LongAdder> kinds = new EnumMap<>(OutcomeKind.class);
            for (OutcomeKind kind : OutcomeKind.values()) {
                kinds.put(kind, new LongAdder());
            }
            events.put(source, kinds);
        }
        for (DeadLetterCategory category : DeadLetterCategory.values()) {
            deadLetters.put(category, new LongAdder());
        }
    }

    public void count(EventSource source, OutcomeKind kind) {
        events.getOrDefault(source, Map.of())
                .getOrDefault(kind, new LongAdder())
                .increment();
    }

    public void count(DeadLetterCategory category) {
        deadLetters.getOrDefault(category, new LongAdder()).increment();
    }

    public void count(RepairState.Result result) {
        answers.getOrDefault(result, new LongAdder()).increment();
    }

    public void countRefusedWrite() {
        refusedWrites.increment();
    }

    public void countUnansweredRepair() {
        unansweredRepairs.increment();
    }

    /** Repair commands that got no result in time, since the start of the process. */
    public long unansweredRepairs() {
        return unansweredRepairs.sum();
    }

    public void countSkippedAudit() {
        skippedAudits.increment();
    }

    /** Ended tasks that were not audited because too many ended at once, since the start of the process. */
    public long skippedAudits() {
        return skippedAudits.sum();
    }

    public void countDeferred() {
        deferred.increment();
    }

    /**
     * Records that had to wait for their schemas, since the start of the process. They count as read once they are
     * processed.
     */
    public long deferred() {
        return deferred.sum();
    }

    /** Stale writes that the guard in Conductor's database rejected, since the start of the process. */
    public long refusedWrites() {
        return refusedWrites.sum();
    }

    /** Repair results of this kind, since the start of the process. */
    public long answers(RepairState.Result result) {
        return answers.getOrDefault(result, new LongAdder()).sum();
    }

    /** Events of this source with this outcome, since the start of the process. */
    public long events(EventSource source, OutcomeKind kind) {
        return events.getOrDefault(source, Map.of())
                .getOrDefault(kind, new LongAdder())
                .sum();
    }

    /** Events of any source with this outcome, since the start of the process. */
    public long events(OutcomeKind kind) {
        long sum = 0;
        for (EventSource source : EventSource.values()) {
            sum += events(source, kind);
        }
        return sum;
    }

    /** Dead letters of this category, since the start of the process. */
    public long deadLetters(DeadLetterCategory category) {
        return deadLetters.getOrDefault(category, new LongAdder()).sum();
    }

    /** All records read, since the start of the process. */
    public long read() {
        long sum = 0;
        for (OutcomeKind kind : OutcomeKind.values()) {
            sum += events(kind);
        }
        for (DeadLetterCategory category : DeadLetterCategory.values()) {
            sum += deadLetters(category);
        }
        for (RepairState.Result result : RepairState.Result.values()) {
            sum += answers(result);
        }
        return sum + refusedWrites();
    }
}

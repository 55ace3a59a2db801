package dev.ratchet.stream.metrics;

import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.RepairState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Counts the outcome of every record read: accepted, unchanged, rejected, ignored or dead-lettered. One for all threads
 * of the stream. Counts what was processed, which after a failure is more than what was committed. All counts are since
 * the start of the process.
 */
public final class EventCounters {
    private enum Other {
        REFUSED_WRITE,
        UNANSWERED_REPAIR,
        SKIPPED_AUDIT,
        DEFERRED
    }

    private final Map<EventSource, Map<OutcomeKind, LongAdder>> events = new EnumMap<>(EventSource.class);
    private final Map<Enum<?>, LongAdder> others = new ConcurrentHashMap<>();

    public EventCounters() {
        for (EventSource source : EventSource.values()) {
            Map<OutcomeKind, LongAdder> kinds = new EnumMap<>(OutcomeKind.class);
            for (OutcomeKind kind : OutcomeKind.values()) {
                kinds.put(kind, new LongAdder());
            }
            events.put(source, kinds);
        }
    }

    public void count(EventSource source, OutcomeKind kind) {
        adder(source, kind).increment();
    }

    private LongAdder adder(EventSource source, OutcomeKind kind) {
        return Objects.requireNonNull(Objects.requireNonNull(events.get(source)).get(kind));
    }

    public void count(DeadLetterCategory category) {
        increment(category);
    }

    public void count(RepairState.Result result) {
        increment(result);
    }

    public void countRefusedWrite() {
        increment(Other.REFUSED_WRITE);
    }

    public void countUnansweredRepair() {
        increment(Other.UNANSWERED_REPAIR);
    }

    public void countSkippedAudit() {
        increment(Other.SKIPPED_AUDIT);
    }

    public void countDeferred() {
        increment(Other.DEFERRED);
    }

    private void increment(Enum<?> kind) {
        others.computeIfAbsent(kind, first -> new LongAdder()).increment();
    }

    private long sum(Enum<?>... kinds) {
        return Stream.of(kinds)
                .map(others::get)
                .filter(Objects::nonNull)
                .mapToLong(LongAdder::sum)
                .sum();
    }

    /** Repair commands that got no result in time. */
    public long unansweredRepairs() {
        return sum(Other.UNANSWERED_REPAIR);
    }

    /** Ended tasks that were not audited because too many ended at once. */
    public long skippedAudits() {
        return sum(Other.SKIPPED_AUDIT);
    }

    /** Records that had to wait for their schemas. They count as read once they are processed. */
    public long deferred() {
        return sum(Other.DEFERRED);
    }

    /** Stale writes that the guard in Conductor's database rejected. */
    public long refusedWrites() {
        return sum(Other.REFUSED_WRITE);
    }

    /** Repair results of this kind. */
    public long answers(RepairState.Result result) {
        return sum(result);
    }

    /** Events of this source with this outcome. */
    public long events(EventSource source, OutcomeKind kind) {
        return adder(source, kind).sum();
    }

    /** Events of any source with this outcome. */
    public long events(OutcomeKind kind) {
        return Stream.of(EventSource.values())
                .mapToLong(source -> events(source, kind))
                .sum();
    }

    public long deadLetters(DeadLetterCategory category) {
        return sum(category);
    }

    /** All records read. */
    public long read() {
        return Stream.of(OutcomeKind.values()).mapToLong(this::events).sum()
                + sum(DeadLetterCategory.values())
                + sum(RepairState.Result.values())
                + refusedWrites();
    }
}

package dev.ratchet.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One epoch of a task, and what is needed to distinguish it from earlier and later ones.
 *
 * @param number from 1, or as the producer states it
 * @param decision why it began
 * @param opening the record that started it; the second of a rerun's two records once that has arrived
 * @param key the key in Conductor's records
 * @param polls the pollCount at the start, {@link EpochKey#NO_COUNT} if unknown
 * @param highWaterMarks the highest values that its records have shown
 * @param closed the earlier epochs, oldest first, at most {@link #MAX_ENTRIES}
 * @param terminalReports the ends reported in this epoch, each once, by sequence, at most {@link #MAX_ENTRIES}
 */
public record Epoch(
        int number,
        EpochDecision decision,
        Observation opening,
        EpochKey key,
        int polls,
        EpochHighWaterMarks highWaterMarks,
        List<ClosedEpoch> closed,
        List<TerminalReport> terminalReports) {

    /** Bounds the size of the state. Only a broken task has more. */
    public static final int MAX_ENTRIES = 16;

    public Epoch {
        if (!decision.startsEpoch()) {
            throw new IllegalArgumentException("Expected a decision that starts an epoch, but got " + decision);
        }
        closed = List.copyOf(closed);
        terminalReports = List.copyOf(terminalReports);
    }

    static Epoch first(StatusEvent event) {
        int number = Math.max(1, event.epoch());
        EpochDecision decision = event.epoch() == StatusEvent.NOT_STATED ? EpochDecision.FIRST : EpochDecision.STATED;
        return new Epoch(
                        number,
                        decision,
                        event.observation(),
                        event.evidence().key(),
                        event.evidence().pollCount(),
                        EpochHighWaterMarks.NONE,
                        List.of(),
                        List.of())
                .withEvent(event)
                .raiseHighWaterMarks(event);
    }

    Epoch next(EpochDecision decision, StatusEvent event) {
        int next = decision == EpochDecision.STATED ? event.epoch() : number + 1;
        boolean sameKey = decision == EpochDecision.REOPENED || decision == EpochDecision.SIBLING;
        EpochKey nextKey = sameKey
                ? event.evidence().key().withMissingFrom(key)
                : event.evidence().key();
        return new Epoch(
                        next,
                        decision,
                        event.observation(),
                        nextKey,
                        event.evidence().pollCount(),
                        highWaterMarksOf(nextKey),
                        closedBefore(nextKey),
                        List.of())
                .withEvent(event)
                .raiseHighWaterMarks(event);
    }

    /** This epoch with the key of its second record. */
    Epoch adoptKeyOf(StatusEvent event) {
        EpochKey newKey = event.evidence().key().withMissingFrom(key);
        EpochDecision newDecision = newKey.isBefore(key) ? EpochDecision.CLOCK_SKEW : EpochDecision.RERUN;
        return new Epoch(
                number,
                newDecision,
                event.observation(),
                newKey,
                event.evidence().pollCount(),
                highWaterMarksOf(newKey),
                closedBefore(newKey),
                terminalReports);
    }

    /** This epoch with one more of its records. */
    Epoch withEvent(StatusEvent event) {
        EpochKey knownKey = event.evidence().key().withMissingFrom(key);
        List<TerminalReport> ends =
                event.status().isTerminal() ? addTerminalReport(TerminalReport.of(event)) : terminalReports;
        return knownKey.equals(key) && ends == terminalReports
                ? this
                : new Epoch(number, decision, opening, knownKey, polls, highWaterMarks, closed, ends);
    }

    /**
     * This epoch with the high-water marks of a record that is later than all before. A redelivered record does not
     * raise them.
     */
    Epoch raiseHighWaterMarks(StatusEvent event) {
        EpochHighWaterMarks raised = highWaterMarks.with(event.status(), event.evidence());
        return raised == highWaterMarks
                ? this
                : new Epoch(number, decision, opening, key, polls, raised, closed, terminalReports);
    }

    /** This epoch after a copy of an earlier one. */
    Epoch withStaleEvent(StatusEvent event) {
        EpochKey staleKey = event.evidence().key();
        List<ClosedEpoch> updated = closed.stream()
                .map(epochState -> epochState.key().equals(staleKey) ? epochState.withEvent(event) : epochState)
                .toList();
        return updated.equals(closed)
                ? this
                : new Epoch(number, decision, opening, key, polls, highWaterMarks, updated, terminalReports);
    }

    /**
     * This epoch, which began over what the source held: a later copy of that is no news of the epoch that it belongs
     * to.
     */
    Epoch withOverwrittenCopy(ReportedStatus lastReported) {
        List<ClosedEpoch> updated = closed.stream()
                .map(epochState ->
                        epochState.key().equals(lastReported.evidence().key())
                                ? epochState.withOverwrittenCopy(lastReported)
                                : epochState)
                .toList();
        return updated.equals(closed)
                ? this
                : new Epoch(number, decision, opening, key, polls, highWaterMarks, updated, terminalReports);
    }

    /** This epoch with all sequences at 0: before everything in the order of another source. */
    Epoch resetSequences() {
        List<TerminalReport> ends =
                terminalReports.stream().map(end -> end.withSequence(0)).toList();
        return new Epoch(number, decision, opening.withSequence(0), key, polls, highWaterMarks, closed, ends);
    }

    Optional<ClosedEpoch> findClosed(EpochKey candidate) {
        return candidate.scheduledTime() == EpochKey.NO_TIME
                ? Optional.empty()
                : closed.stream()
                        .filter(epochState -> epochState.key().equals(candidate))
                        .findFirst();
    }

    boolean hasScheduledTime(long scheduledTime) {
        return key.scheduledTime() == scheduledTime
                || closed.stream().anyMatch(epochState -> epochState.key().scheduledTime() == scheduledTime);
    }

    /** The closed epochs once an epoch with that key follows this one. */
    private List<ClosedEpoch> closedBefore(EpochKey nextKey) {
        if (key.equals(nextKey)) {
            return closed;
        }
        List<ClosedEpoch> more = new ArrayList<>(closed);
        more.removeIf(epochState ->
                epochState.key().equals(nextKey) || epochState.key().equals(key));
        if (key.scheduledTime() != EpochKey.NO_TIME) {
            more.add(new ClosedEpoch(key, highWaterMarks));
        }
        return more.size() > MAX_ENTRIES ? more.subList(1, more.size()) : more;
    }

    /** The high-water marks of the records with that key, in any epoch. */
    private EpochHighWaterMarks highWaterMarksOf(EpochKey candidate) {
        return key.equals(candidate)
                ? highWaterMarks
                : findClosed(candidate).map(ClosedEpoch::highWaterMarks).orElse(EpochHighWaterMarks.NONE);
    }

    private List<TerminalReport> addTerminalReport(TerminalReport end) {
        List<TerminalReport> ends = new ArrayList<>(terminalReports);
        for (TerminalReport known : terminalReports) {
            if (known.isSameEndAs(end)) {
                if (known.sequence() <= end.sequence()) {
                    return terminalReports;
                }
                ends.remove(known);
            }
        }
        int at = 0;
        while (at < ends.size() && ends.get(at).sequence() <= end.sequence()) {
            at++;
        }
        ends.add(at, end);
        // Drop the earliest, so that redelivered old records change nothing.
        List<TerminalReport> kept = ends.size() > MAX_ENTRIES ? ends.subList(1, ends.size()) : ends;
        return kept.equals(terminalReports) ? terminalReports : kept;
    }
}

package dev.ratchet.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One life of a task, and what is needed to tell it from the lives before and the ones to come.
 *
 * @param number from 1, or as the producer states it
 * @param decision why it began
 * @param opening the record it began with; of a rerun's two, the second once that was heard
 * @param key what Conductor's records say which life it is
 * @param polls the pollCount it began with, {@link EpochKey#NO_COUNT} if unknown
 * @param highWaterMarks how far its records reach
 * @param closed the earlier lives, oldest first, at most {@link #REMEMBERED}
 * @param terminalReports the ends heard in this life, each once, by sequence, at most {@link #REMEMBERED}
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

    /** Enough for any task but one that is broken; a bound, so that such a one cannot grow without end. */
    public static final int REMEMBERED = 16;

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
                .reaching(event);
    }

    /** The life that begins with this event. */
    Epoch next(EpochDecision decision, StatusEvent event) {
        int next = decision == EpochDecision.STATED ? event.epoch() : number + 1;
        boolean sameKey = decision == EpochDecision.REOPENED || decision == EpochDecision.SIBLING;
        EpochKey nextKey =
                sameKey ? event.evidence().key().orElse(key) : event.evidence().key();
        return new Epoch(
                        next,
                        decision,
                        event.observation(),
                        nextKey,
                        event.evidence().pollCount(),
                        reached(nextKey),
                        closing(nextKey),
                        List.of())
                .withEvent(event)
                .reaching(event);
    }

    /** This life, whose second record shows the key it goes by from now on. */
    Epoch joinedBy(StatusEvent event) {
        EpochKey joined = event.evidence().key().orElse(key);
        EpochDecision learnt = joined.isBefore(key) ? EpochDecision.CLOCK_SKEW : EpochDecision.RERUN;
        return new Epoch(
                number,
                learnt,
                event.observation(),
                joined,
                event.evidence().pollCount(),
                reached(joined),
                closing(joined),
                terminalReports);
    }

    /** This life and one more of its records. */
    Epoch withEvent(StatusEvent event) {
        EpochKey known = event.evidence().key().orElse(key);
        List<TerminalReport> ends =
                event.status().isTerminal() ? withEnding(TerminalReport.of(event)) : terminalReports;
        return known.equals(key) && ends == terminalReports
                ? this
                : new Epoch(number, decision, opening, known, polls, highWaterMarks, closed, ends);
    }

    /** This life, and a record of it that is later than all before: one delivered again reaches no further. */
    Epoch reaching(StatusEvent event) {
        EpochHighWaterMarks further = highWaterMarks.with(event.status(), event.evidence());
        return further == highWaterMarks
                ? this
                : new Epoch(number, decision, opening, key, polls, further, closed, terminalReports);
    }

    /** This life, after a copy of an earlier one was heard. */
    Epoch withOldEvent(StatusEvent event) {
        EpochKey old = event.evidence().key();
        List<ClosedEpoch> more = closed.stream()
                .map(epochState -> epochState.key().equals(old) ? epochState.withEvent(event) : epochState)
                .toList();
        return more.equals(closed)
                ? this
                : new Epoch(number, decision, opening, key, polls, highWaterMarks, more, terminalReports);
    }

    /** This life, which has begun over what the source held: no later copy of that is news of the life it was of. */
    Epoch over(ReportedStatus held) {
        List<ClosedEpoch> known = closed.stream()
                .map(epochState -> epochState.key().equals(held.evidence().key()) ? epochState.over(held) : epochState)
                .toList();
        return known.equals(closed)
                ? this
                : new Epoch(number, decision, opening, key, polls, highWaterMarks, known, terminalReports);
    }

    /** This life, before everything in the order of another source. */
    Epoch atBeginning() {
        List<TerminalReport> ends =
                terminalReports.stream().map(end -> end.at(0)).toList();
        return new Epoch(number, decision, opening.at(0), key, polls, highWaterMarks, closed, ends);
    }

    Optional<ClosedEpoch> closed(EpochKey candidate) {
        return candidate.scheduledTime() == EpochKey.NO_TIME
                ? Optional.empty()
                : closed.stream()
                        .filter(epochState -> epochState.key().equals(candidate))
                        .findFirst();
    }

    boolean knows(long scheduledTime) {
        return key.scheduledTime() == scheduledTime
                || closed.stream().anyMatch(epochState -> epochState.key().scheduledTime() == scheduledTime);
    }

    /** The lives that are over once this one has given way to one of that key. */
    private List<ClosedEpoch> closing(EpochKey nextKey) {
        if (key.equals(nextKey)) {
            return closed;
        }
        List<ClosedEpoch> more = new ArrayList<>(closed);
        more.removeIf(epochState ->
                epochState.key().equals(nextKey) || epochState.key().equals(key));
        if (key.scheduledTime() != EpochKey.NO_TIME) {
            more.add(new ClosedEpoch(key, highWaterMarks));
        }
        return more.size() > REMEMBERED ? more.subList(1, more.size()) : more;
    }

    /** How far the records of that key have reached, in whichever life. */
    private EpochHighWaterMarks reached(EpochKey by) {
        return key.equals(by)
                ? highWaterMarks
                : closed(by).map(ClosedEpoch::highWaterMarks).orElse(EpochHighWaterMarks.NONE);
    }

    private List<TerminalReport> withEnding(TerminalReport end) {
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
        // Forget the earliest, so that an old stretch delivered again changes nothing.
        List<TerminalReport> kept = ends.size() > REMEMBERED ? ends.subList(1, ends.size()) : ends;
        return kept.equals(terminalReports) ? terminalReports : kept;
    }
}

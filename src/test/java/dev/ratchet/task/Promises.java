package dev.ratchet.task;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Walks one history through the rule and holds the promises of {@code docs/promises.md} against every step of it. The expectation is a
 * separate, naive model: it keeps and folds the whole history instead of observations.
 */
final class Promises {
    /** A published forward transition, for the coverage of the table. */
    record Step(TaskStatus from, TaskStatus to) {}

    private final UnaryOperator<TaskState> throughSerde;
    private final Set<Step> coveredTransitions = new HashSet<>();

    /** @param throughSerde writes a state and reads it back, or the identity function */
    Promises(UnaryOperator<TaskState> throughSerde) {
        this.throughSerde = throughSerde;
    }

    /** Transitions that any history has covered so far. */
    Set<Step> coveredTransitions() {
        return coveredTransitions;
    }

    /**
     * Walks the history.
     *
     * @throws AssertionError naming the broken promise and its position
     */
    TaskState hold(List<StatusEvent> history) {
        Optional<TaskState> state = Optional.empty();
        List<StatusEvent> soFar = new ArrayList<>();
        for (StatusEvent event : history) {
            Optional<TaskState> before = state;
            Outcome outcome = before.map(known -> StatusReducer.reduce(known, event))
                    .orElseGet(() -> StatusReducer.reduceFirst(event));
            soFar.add(event);
            check(before, event, outcome, soFar);
            TaskState kept = throughSerde.apply(outcome.state());
            promise(kept.equals(outcome.state()), "replay", soFar, kept, outcome.state());
            state = Optional.of(kept);
        }
        return state.orElseThrow();
    }

    private void check(Optional<TaskState> before, StatusEvent event, Outcome outcome, List<StatusEvent> soFar) {
        TaskState after = outcome.state();
        promise(
                after.current().status() == naiveFold(soFar, after.epoch().number()),
                "order-free",
                soFar,
                after.current(),
                naiveFold(soFar, after.epoch().number()));
        promise(
                after.lastReported().observation().equals(naiveLastReported(soFar)),
                "last reported",
                soFar,
                after.lastReported(),
                naiveLastReported(soFar));
        long revision = before.map(state -> state.published().revision()).orElse(0L);
        Optional<TaskStatus> previousStatus =
                before.map(state -> state.current().status());
        if (outcome instanceof Outcome.Accepted accepted) {
            StatusChange change = accepted.change();
            promise(change.revision() == revision + 1, "chain", soFar, change.revision(), revision);
            promise(
                    change.previousStatus().equals(previousStatus),
                    "chain",
                    soFar,
                    change.previousStatus(),
                    previousStatus);
            promise(change.sequence() == after.current().sequence(), "forward", soFar, change, after.current());
            before.ifPresent(known -> forward(known, change, soFar));
        } else {
            promise(after.published().revision() == revision, "chain", soFar, after.published(), revision);
            promise(
                    previousStatus.equals(Optional.of(after.current().status())),
                    "terminal stays",
                    soFar,
                    previousStatus,
                    after.current());
        }
        if (before.isPresent() && wasReportedBefore(event, soFar)) {
            promise(
                    after.equals(before.get()) || !(outcome instanceof Outcome.Accepted),
                    "idempotent",
                    soFar,
                    after,
                    before.get());
        }
    }

    private void forward(TaskState known, StatusChange change, List<StatusEvent> soFar) {
        boolean newEpoch = change.epoch() > known.epoch().number();
        TaskStatus from = known.current().status();
        boolean permitted = known.table().permits(from, change.status());
        boolean later = change.sequence() > known.published().observation().sequence()
                || (change.sequence() == known.published().observation().sequence()
                        && change.status()
                                        .compareTo(
                                                known.published().observation().status())
                                > 0);
        promise(newEpoch || change.correction() || (permitted && later), "forward", soFar, change, known.published());
        promise(change.supersedes().isPresent() == change.correction(), "correction", soFar, change, known);
        if (!newEpoch && !change.correction()) {
            coveredTransitions.add(new Step(from, change.status()));
        }
    }

    private static boolean wasReportedBefore(StatusEvent event, List<StatusEvent> soFar) {
        return soFar.subList(0, soFar.size() - 1).contains(event);
    }

    /** Sorts the whole history of an epoch and applies each event that the table permits. */
    private static TaskStatus naiveFold(List<StatusEvent> history, int epoch) {
        TransitionTable table = TransitionTable.of(history.get(0).task().taskType());
        List<StatusEvent> sorted = history.stream()
                .filter(event -> event.epoch() == StatusEvent.NOT_STATED || event.epoch() == epoch)
                .sorted(Promises::bySequenceThenPhase)
                .toList();
        TaskStatus current = sorted.get(0).status();
        for (StatusEvent event : sorted) {
            if (table.successors(current).contains(event.status())) {
                current = event.status();
            }
        }
        return current;
    }

    private static Observation naiveLastReported(List<StatusEvent> history) {
        return history.stream().max(Promises::bySequenceThenPhase).orElseThrow().observation();
    }

    private static int bySequenceThenPhase(StatusEvent one, StatusEvent other) {
        int bySequence = Long.compare(one.sequence(), other.sequence());
        return bySequence != 0 ? bySequence : one.status().compareTo(other.status());
    }

    static void promise(boolean kept, String name, List<StatusEvent> history, Object got, Object expected) {
        if (!kept) {
            throw new AssertionError("promise '" + name + "' broken at the end of " + describe(history) + ": got " + got
                    + ", expected " + expected);
        }
    }

    private static List<String> describe(List<StatusEvent> history) {
        return history.stream()
                .map(event -> event.status() + "@" + event.sequence() + (event.epoch() == 0 ? "" : "/" + event.epoch())
                        + (event.evidence() == EpochEvidence.NONE ? "" : event.evidence()))
                .toList();
    }
}

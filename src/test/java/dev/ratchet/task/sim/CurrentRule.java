package dev.ratchet.task.sim;

import dev.ratchet.task.Outcome;
import dev.ratchet.task.RejectionReason;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import java.util.Optional;

/** The rule in force, as its outcomes show it. */
final class CurrentRule implements Rule {
    private Optional<TaskState> state = Optional.empty();

    @Override
    public Taken withEvent(StatusEvent event) {
        int epoch = state.map(known -> known.epoch().number()).orElse(1);
        Outcome outcome = state.map(known -> StatusReducer.reduce(known, event))
                .orElseGet(() -> StatusReducer.reduceFirst(event));
        state = Optional.of(outcome.state());
        if (outcome.state().epoch().number() > epoch) {
            return Taken.NEWER;
        }
        return outcome instanceof Outcome.Rejected rejected
                        && rejected.rejection().reason() == RejectionReason.STALE_EPOCH
                ? Taken.OLDER
                : Taken.SAME;
    }

    /** What the rule says that the task's status is. */
    TaskStatus current() {
        return state.orElseThrow().current().status();
    }

    /** Whether somebody is alerted: an end was lost, or overwritten by another. */
    boolean alerts() {
        return state.filter(known -> known.diverges() || known.hasTerminalConflict())
                .isPresent();
    }
}

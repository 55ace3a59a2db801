package dev.ratchet.guard;

import dev.ratchet.task.Outcome;
import dev.ratchet.task.RejectionReason;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskState;
import java.util.Optional;

/** Applies the rule to the events of one task in write order. */
public final class RuleVerdicts {
    private Optional<TaskState> state = Optional.empty();

    /** Whether the rule rejects the next event as a lost update or as a copy of a closed epoch. */
    public boolean isLost(StatusEvent event) {
        Outcome outcome = state.map(known -> StatusReducer.reduce(known, event))
                .orElseGet(() -> StatusReducer.reduceFirst(event));
        state = Optional.of(outcome.state());
        return outcome instanceof Outcome.Rejected rejected
                && (rejected.rejection().isLostUpdate()
                        || rejected.rejection().reason() == RejectionReason.STALE_EPOCH);
    }
}

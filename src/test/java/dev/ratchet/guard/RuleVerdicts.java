package dev.ratchet.guard;

import dev.ratchet.task.Outcome;
import dev.ratchet.task.RejectionReason;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskState;
import java.util.Optional;

/** What the rule makes of one task's events, in the order in which they were written. */
public final class RuleVerdicts {
    private Optional<TaskState> state = Optional.empty();

    /** Whether the rule refuses the next event as one that lost the task's end, or as a copy of a closed epoch. */
    public boolean isLost(StatusEvent event) {
        Outcome outcome = state.map(known -> StatusReducer.reduce(known, event))
                .orElseGet(() -> StatusReducer.reduceFirst(event));
        state = Optional.of(outcome.state());
        return outcome instanceof Outcome.Rejected rejected
                && (rejected.rejection().isLostUpdate()
                        || rejected.rejection().reason() == RejectionReason.STALE_EPOCH);
    }
}

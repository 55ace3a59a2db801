package dev.ratchet.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something an operator should know of has begun, or is over.
 *
 * @param kind what is wrong
 * @param phase whether it has begun or is over
 * @param state the task as it is now
 * @param message in words
 */
public record Alert(Kind kind, Phase phase, TaskState state, String message) {

    /** What may be wrong with a task: each a condition that its state either fulfils or does not. */
    public enum Kind {
        /** The source lost the task's end. */
        LOST_UPDATE {
            @Override
            boolean holds(TaskState state) {
                return state.diverges();
            }

            @Override
            String opened(TaskState state) {
                return "Expected the source to keep " + state.current().told() + ", but it now holds "
                        + state.lastReported().observation().told();
            }
        },
        /** The task ended once more, otherwise. */
        TERMINAL_CONFLICT {
            @Override
            boolean holds(TaskState state) {
                return state.isContested();
            }

            @Override
            String opened(TaskState state) {
                return "Expected the task to stay " + state.current().told() + ", but it ended again: "
                        + state.history().latestTerminal().told();
            }
        },
        /** The servers' clocks differ by more than a rerun takes. */
        CLOCK_SKEW {
            @Override
            boolean holds(TaskState state) {
                return state.epoch().decision() == EpochDecision.CLOCK_SKEW
                        && !state.lastReported().deleted();
            }

            @Override
            String opened(TaskState state) {
                return "Expected a new life of the task to be scheduled after the one before, but its scheduledTime "
                        + state.epoch().key().scheduledTime() + " is earlier: the servers' clocks differ";
            }
        },
        /** Nothing was heard of the task for longer than it may be silent. */
        STUCK {
            @Override
            boolean holds(TaskState state) {
                return state.bookkeeping().stuck() && !state.lastReported().deleted();
            }

            @Override
            String opened(TaskState state) {
                return "Expected to hear of the task within its time limit, but the last was "
                        + state.lastReported().observation().told();
            }

            @Override
            String agreed(TaskState state) {
                return "The task was heard of again: "
                        + state.lastReported().observation().told();
            }
        },
        /** The end that the source lost cannot be given back. */
        REPAIR_FAILED {
            @Override
            boolean holds(TaskState state) {
                return state.bookkeeping().repair().isOver() && state.diverges();
            }

            @Override
            String opened(TaskState state) {
                RepairState repair = state.bookkeeping().repair();
                String failed = repair.result() == RepairState.Result.EXHAUSTED
                        ? repair.issued() + " repairs of this epoch did not last, and no more are tried"
                        : "attempt " + repair.attempt() + " ended as " + repair.result();
                return "Expected to set Conductor to " + state.current().status() + " again, but " + failed;
            }

            @Override
            String agreed(TaskState state) {
                return state.diverges() ? "The repair is tried again" : super.agreed(state);
            }
        };

        abstract boolean holds(TaskState state);

        abstract String opened(TaskState state);

        /** How it came to be over, if the task is still the same life and is still there. */
        String agreed(TaskState state) {
            return "The source agrees again: "
                    + state.lastReported().observation().told();
        }
    }

    /** Whether a condition has begun or is over. */
    public enum Phase {
        OPENED,
        RESOLVED
    }

    private static final Kind[] KINDS = Kind.values();

    /**
     * What began and what ended with a step of a task. A function of the two states, so that each is told once, however
     * often the event comes.
     */
    public static List<Alert> between(Optional<TaskState> before, TaskState after) {
        List<Alert> alerts = List.of();
        for (Kind kind : KINDS) {
            boolean held = before.isPresent() && kind.holds(before.get());
            if (held != kind.holds(after)) {
                alerts = new ArrayList<>(alerts);
                alerts.add(
                        held
                                ? new Alert(kind, Phase.RESOLVED, after, resolved(kind, before.get(), after))
                                : new Alert(kind, Phase.OPENED, after, kind.opened(after)));
            }
        }
        return alerts;
    }

    /** What is over when a task is forgotten. */
    public static List<Alert> forgetting(TaskState state) {
        return Stream.of(KINDS)
                .filter(kind -> kind.holds(state))
                .map(kind -> new Alert(
                        kind, Phase.RESOLVED, state, "Nothing was heard of the task for so long that it is forgotten"))
                .toList();
    }

    /** This alert, with more words. */
    public Alert because(String reason) {
        return new Alert(kind, phase, state, message + ": " + reason);
    }

    private static String resolved(Kind kind, TaskState before, TaskState after) {
        if (after.lastReported().deleted()) {
            return "The source has deleted the task";
        }
        return after.epoch().number() > before.epoch().number()
                ? "A new life of the task has begun: " + after.current().told()
                : kind.agreed(after);
    }
}

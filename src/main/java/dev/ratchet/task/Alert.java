package dev.ratchet.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A condition of a task that an operator should know of has begun, or has ended.
 *
 * @param kind what is wrong
 * @param phase whether the condition has begun or has ended
 * @param state the task after the event
 * @param message text for people
 */
public record Alert(Kind kind, Phase phase, TaskState state, String message) {

    /** What may be wrong with a task. Each kind is a condition of the task's state. */
    public enum Kind {
        /** The source overwrote the task's end. */
        LOST_UPDATE {
            @Override
            boolean isActive(TaskState state) {
                return state.diverges();
            }

            @Override
            String openMessage(TaskState state) {
                return "Conductor overwrote the end of the task: "
                        + state.current().describe() + ", but it now holds "
                        + state.lastReported().observation().describe();
            }
        },
        /** The task ended a second time, with another status. */
        TERMINAL_CONFLICT {
            @Override
            boolean isActive(TaskState state) {
                return state.hasTerminalConflict();
            }

            @Override
            String openMessage(TaskState state) {
                return "The task ended twice: first as " + state.current().describe() + ", then as "
                        + state.history().latestTerminal().describe();
            }
        },
        /** The clocks of Conductor's servers differ by more than a rerun takes. */
        CLOCK_SKEW {
            @Override
            boolean isActive(TaskState state) {
                return state.epoch().decision() == EpochDecision.CLOCK_SKEW
                        && !state.lastReported().isDeleted();
            }

            @Override
            String openMessage(TaskState state) {
                return "The clocks of Conductor's servers differ: epoch "
                        + state.epoch().number()
                        + " of the task has an earlier scheduledTime than the epoch before, "
                        + state.epoch().key().scheduledTime();
            }
        },
        /** No event arrived for the task within its time limit. */
        STUCK {
            @Override
            boolean isActive(TaskState state) {
                return state.bookkeeping().stuck() && !state.lastReported().isDeleted();
            }

            @Override
            String openMessage(TaskState state) {
                return "No event for the task within its time limit. Last status "
                        + state.lastReported().observation().describe();
            }

            @Override
            String agreementMessage(TaskState state) {
                return "An event arrived for the task: "
                        + state.lastReported().observation().describe();
            }
        },
        /** Ratchet cannot restore the end that the source lost. */
        REPAIR_FAILED {
            @Override
            boolean isActive(TaskState state) {
                return state.bookkeeping().repair().isFinal() && state.diverges();
            }

            @Override
            String openMessage(TaskState state) {
                RepairState repair = state.bookkeeping().repair();
                String tried = repair.result() == RepairState.Result.EXHAUSTED
                        ? repair.issued() + " repairs of this epoch"
                        : "attempt " + repair.attempt();
                return "Repair failed after " + tried + " (" + repair.result() + "): could not set the task to "
                        + state.current().status() + " in Conductor";
            }

            @Override
            String agreementMessage(TaskState state) {
                return state.diverges() ? "Ratchet tries the repair again" : super.agreementMessage(state);
            }
        };

        abstract boolean isActive(TaskState state);

        abstract String openMessage(TaskState state);

        /** Why the condition has ended, if the epoch is the same and the task still exists. */
        String agreementMessage(TaskState state) {
            return "Conductor and Ratchet agree again: "
                    + state.lastReported().observation().describe();
        }
    }

    /** Whether a condition has begun or has ended. */
    public enum Phase {
        OPENED,
        RESOLVED
    }

    private static final Kind[] KINDS = Kind.values();

    /**
     * The conditions that began or ended between two states of a task. A redelivered event leaves the state as it is,
     * so it raises no alert twice.
     */
    public static List<Alert> between(Optional<TaskState> before, TaskState after) {
        List<Alert> alerts = List.of();
        for (Kind kind : KINDS) {
            boolean wasActive = before.isPresent() && kind.isActive(before.get());
            if (wasActive != kind.isActive(after)) {
                alerts = new ArrayList<>(alerts);
                alerts.add(
                        wasActive
                                ? new Alert(kind, Phase.RESOLVED, after, resolutionMessage(kind, before.get(), after))
                                : new Alert(kind, Phase.OPENED, after, kind.openMessage(after)));
            }
        }
        return alerts;
    }

    /** Resolves all alerts of a task whose state is deleted. */
    public static List<Alert> resolveAll(TaskState state) {
        return Stream.of(KINDS)
                .filter(kind -> kind.isActive(state))
                .map(kind -> new Alert(
                        kind,
                        Phase.RESOLVED,
                        state,
                        "Ratchet deleted the task's state: no event within the retention time"))
                .toList();
    }

    /** This alert with a reason appended to its message. */
    public Alert withReason(String reason) {
        return new Alert(kind, phase, state, message + ": " + reason);
    }

    private static String resolutionMessage(Kind kind, TaskState before, TaskState after) {
        if (after.lastReported().isDeleted()) {
            return "Conductor deleted the task";
        }
        return after.epoch().number() > before.epoch().number()
                ? "A new epoch of the task has begun: " + after.current().describe()
                : kind.agreementMessage(after);
    }
}

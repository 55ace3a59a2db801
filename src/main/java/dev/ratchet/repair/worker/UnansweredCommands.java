package dev.ratchet.repair.worker;

import dev.ratchet.conductor.ConductorUnavailableException;

/**
 * Decides about an order that Conductor gave no answer about: it waits, or that is the end of it. While Conductor answers
 * nobody, all wait. For one thread.
 */
final class UnansweredCommands {
    /** So often may Conductor leave one order without an answer while it answers others. */
    static final int MOST_FAILURES = 5;

    private final ConductorAvailability away;
    private final CommandQueue backlog;
    private final CommandHandler attendant;
    private final CommandExpiry expiry;

    UnansweredCommands(
            ConductorAvailability away, CommandQueue backlog, CommandHandler attendant, CommandExpiry expiry) {
        this.away = away;
        this.backlog = backlog;
        this.attendant = attendant;
        this.expiry = expiry;
    }

    /** {@return whether that is the end of it; else it is in the backlog again} */
    boolean isEnd(PendingCommand waiting, ConductorUnavailableException failure) {
        if (!failure.wasAsked()) {
            away.unavailable(waiting.order.taskId(), failure);
            backlog.again(waiting);
            return false;
        }
        boolean isInTheWay = isInTheWay(waiting);
        // Else nobody else may ever be asked, and it would never be known whose fault it is.
        if ((isInTheWay || away.isInDoubt(failure)) && attendant.isConductorThere()) {
            away.answered();
        } else {
            away.unavailable(waiting.order.taskId(), failure);
        }
        int misses = waiting.misses(away.answers());
        int failures = failure.mayBeTheTasks() ? waiting.fails(away.answers()) : 0;
        if (failures >= MOST_FAILURES) {
            attendant.giveUp(waiting.order, failures, failure);
            return true;
        }
        if (isInTheWay && misses >= MOST_FAILURES) {
            attendant.leave(waiting.order, misses, failure);
            return true;
        }
        waiting.restUntil(away.restOf(failure, waiting.tries()));
        backlog.later(waiting);
        return false;
    }

    /** A repair that nobody waits for keeps the offset from moving on; too many that wait keep others from being read. */
    private boolean isInTheWay(PendingCommand waiting) {
        return waiting.isRepair() && (expiry.isOver(waiting.order) || backlog.isFullWithOneMore());
    }
}

package dev.ratchet.repair.worker;

import dev.ratchet.conductor.ConductorUnavailableException;

/**
 * Decides about an order that Conductor gave no answer about: it waits, or that is the end of it. While Conductor answers
 * nobody, all wait. For one thread.
 */
final class UnansweredCommands {
    /** So often may Conductor leave one order without an answer while it answers others. */
    static final int MOST_FAILURES = 5;

    private final ConductorAvailability availability;
    private final CommandQueue queue;
    private final CommandHandler handler;
    private final CommandExpiry expiry;

    UnansweredCommands(
            ConductorAvailability availability, CommandQueue queue, CommandHandler handler, CommandExpiry expiry) {
        this.availability = availability;
        this.queue = queue;
        this.handler = handler;
        this.expiry = expiry;
    }

    /** {@return whether that is the end of it; else it is in the backlog again} */
    boolean giveUpOrRequeue(PendingCommand pending, ConductorUnavailableException failure) {
        if (!failure.wasSent()) {
            availability.onUnavailable(pending.command.taskId(), failure);
            queue.requeueFirst(pending);
            return false;
        }
        boolean isInTheWay = isInTheWay(pending);
        // Else nobody else may ever be asked, and it would never be known whose fault it is.
        if ((isInTheWay || availability.isWorthProbing(failure)) && handler.probeConductor()) {
            availability.onAnswer();
        } else {
            availability.onUnavailable(pending.command.taskId(), failure);
        }
        int misses = pending.countMiss(availability.answerCount());
        int failures = failure.mayBeTaskSpecific() ? pending.countFailure(availability.answerCount()) : 0;
        if (failures >= MOST_FAILURES) {
            handler.giveUp(pending.command, failures, failure);
            return true;
        }
        if (isInTheWay && misses >= MOST_FAILURES) {
            handler.abandon(pending.command, misses, failure);
            return true;
        }
        pending.restUntil(availability.nextTryAt(failure, pending.countTry()));
        queue.requeueLast(pending);
        return false;
    }

    /** A repair that nobody waits for keeps the offset from moving on; too many that wait keep others from being read. */
    private boolean isInTheWay(PendingCommand pending) {
        return pending.isRepair() && (expiry.isExpired(pending.command) || queue.isFullWithOneMore());
    }
}

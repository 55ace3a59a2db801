package dev.ratchet.repair.worker;

import dev.ratchet.conductor.ConductorUnavailableException;

/**
 * Decides what happens to a command that Conductor did not answer: retry or give up. While Conductor answers nobody, all
 * commands are retried. Not thread-safe.
 */
final class UnansweredCommands {

    /** Tries without an answer before a command is given up, if Conductor answers others. */
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

    /** {@return true if the command is given up; false if it is queued again} */
    boolean giveUpOrRequeue(PendingCommand pending, ConductorUnavailableException failure) {
        if (!failure.wasSent()) {
            availability.onUnavailable(pending.command.taskId(), failure);
            queue.requeueFirst(pending);
            return false;
        }
        boolean blocksOthers = blocksOthers(pending);
        // Otherwise no other task may ever be asked about, and the cause would stay unknown.
        if ((blocksOthers || availability.isWorthProbing(failure)) && handler.probeConductor()) {
            availability.onAnswer();
        } else {
            availability.onUnavailable(pending.command.taskId(), failure);
        }
        int misses = pending.countMiss(availability.answerCount());
        int failures = failure.mayBeTaskSpecific() ? pending.countFailure(availability.answerCount()) : 0;
        if (failures >= MOST_FAILURES) {
            handler.giveUp(pending.command, pending.trace, failures, failure);
            return true;
        }
        if (blocksOthers && misses >= MOST_FAILURES) {
            handler.abandon(pending.command, misses, failure);
            return true;
        }
        pending.restUntil(availability.nextTryAt(failure, pending.countTry()));
        queue.requeueLast(pending);
        return false;
    }

    /** An expired repair blocks the committed offset; a full queue blocks reading. */
    private boolean blocksOthers(PendingCommand pending) {
        return pending.command.isRepair() && (expiry.isExpired(pending.command) || queue.isFullWithOneMore());
    }
}

package dev.ratchet.task;

/**
 * The current epoch of a task.
 *
 * @param epoch which epoch, and how to distinguish it from others
 * @param history the observations in it
 * @param current the observation at which the current status took over, derived from the history
 */
public record EpochState(Epoch epoch, StatusHistory history, Observation current) {

    static EpochState startingWith(Epoch epoch, StatusEvent event) {
        return new EpochState(epoch, StatusHistory.NONE.with(event.observation()), event.observation());
    }

    /** Adds one record; this object if that adds nothing. */
    EpochState withEvent(StatusEvent event, Epoch updatedEpoch, TransitionTable table) {
        Epoch known = updatedEpoch.withEvent(event);
        StatusHistory updatedHistory = history.with(event.observation());
        if (known == epoch && updatedHistory == history) {
            return this;
        }
        Observation updatedCurrent = updatedHistory == history ? current : updatedHistory.current(table);
        return new EpochState(known, updatedHistory, updatedCurrent.equals(current) ? current : updatedCurrent);
    }

    /** Adds a record of an earlier epoch; this object if that adds nothing. */
    EpochState withStaleEvent(StatusEvent event) {
        Epoch known = epoch.withStaleEvent(event);
        return known == epoch ? this : new EpochState(known, history, current);
    }

    /**
     * Moves this epoch before everything in the order of another source. Of its history only the current status keeps a
     * meaning.
     */
    EpochState resetSequences() {
        Observation reset = current.withSequence(0);
        return new EpochState(epoch.resetSequences(), StatusHistory.NONE.with(reset), reset);
    }
}

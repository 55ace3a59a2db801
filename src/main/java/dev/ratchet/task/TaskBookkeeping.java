package dev.ratchet.task;

import java.util.ArrayList;
import java.util.List;

/**
 * Data about a task for operators and repairs. Nothing here influences the current status.
 *
 * @param lostUpdates number of rejected lost updates, in all epochs
 * @param repair the state of the repair of its divergence
 * @param timeline the last events that changed the state, oldest first, at most {@link TimelineEntry#MAX_ENTRIES}
 * @param stuck whether no event arrived within the time limit
 */
public record TaskBookkeeping(int lostUpdates, RepairState repair, List<TimelineEntry> timeline, boolean stuck) {
    static final TaskBookkeeping EMPTY = new TaskBookkeeping(0, RepairState.NONE, List.of(), false);

    public TaskBookkeeping {
        timeline = List.copyOf(timeline);
    }

    TaskBookkeeping with(OutcomeKind kind, Observation observation, boolean lostUpdate) {
        List<TimelineEntry> longer = new ArrayList<>(timeline);
        longer.add(new TimelineEntry(kind, observation));
        List<TimelineEntry> kept =
                longer.size() > TimelineEntry.MAX_ENTRIES ? longer.subList(1, longer.size()) : longer;
        return new TaskBookkeeping(lostUpdate ? lostUpdates + 1 : lostUpdates, repair, kept, stuck);
    }

    TaskBookkeeping with(RepairState next) {
        return next.equals(repair) ? this : new TaskBookkeeping(lostUpdates, next, timeline, stuck);
    }

    TaskBookkeeping withStuck(boolean now) {
        return now == stuck ? this : new TaskBookkeeping(lostUpdates, repair, timeline, now);
    }
}

package dev.ratchet.task;

import java.util.ArrayList;
import java.util.List;

/**
 * What is kept of a task for those who look after it; nothing here decides what stands.
 *
 * @param lostUpdates how many lost updates were refused, in all lives
 * @param repair how far the repair of its divergence has come
 * @param timeline its last outcomes that changed anything, oldest first, at most {@link TimelineEntry#REMEMBERED}
 * @param stuck whether nothing was heard of it for longer than it may be silent
 */
public record TaskBookkeeping(int lostUpdates, RepairState repair, List<TimelineEntry> timeline, boolean stuck) {
    static final TaskBookkeeping EMPTY = new TaskBookkeeping(0, RepairState.NONE, List.of(), false);

    public TaskBookkeeping {
        timeline = List.copyOf(timeline);
    }

    TaskBookkeeping with(OutcomeKind kind, Observation observation, boolean lostUpdate) {
        List<TimelineEntry> longer = new ArrayList<>(timeline);
        longer.add(new TimelineEntry(kind, observation));
        List<TimelineEntry> kept = longer.size() > TimelineEntry.REMEMBERED ? longer.subList(1, longer.size()) : longer;
        return new TaskBookkeeping(lostUpdate ? lostUpdates + 1 : lostUpdates, repair, kept, stuck);
    }

    TaskBookkeeping with(RepairState next) {
        return next.equals(repair) ? this : new TaskBookkeeping(lostUpdates, next, timeline, stuck);
    }

    TaskBookkeeping stuck(boolean now) {
        return now == stuck ? this : new TaskBookkeeping(lostUpdates, repair, timeline, now);
    }
}

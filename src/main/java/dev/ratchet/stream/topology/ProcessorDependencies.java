package dev.ratchet.stream.topology;

import dev.ratchet.stream.EventLog;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.progress.CatchUpTracker;
import dev.ratchet.stream.progress.SourceActivityTracker;

/**
 * Objects that all partitions of a process share.
 *
 * @param counters counts all records read
 * @param catchUp which partitions are behind
 * @param activity how long the source has been silent
 * @param log logs alerts and dead letters
 */
public record ProcessorDependencies(
        EventCounters counters, CatchUpTracker catchUp, SourceActivityTracker activity, EventLog log) {
    public ProcessorDependencies(EventCounters counters) {
        this(counters, new CatchUpTracker(), new SourceActivityTracker(), new EventLog());
    }
}

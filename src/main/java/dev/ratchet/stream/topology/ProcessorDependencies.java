package dev.ratchet.stream.topology;

import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.progress.CatchUpTracker;
import dev.ratchet.stream.progress.SourceActivityTracker;

/**
 * What all partitions of a process share.
 *
 * @param counters where everything read is counted
 * @param catchUp which partitions are behind
 * @param activity for how long the source is silent
 */
public record ProcessorDependencies(EventCounters counters, CatchUpTracker catchUp, SourceActivityTracker activity) {
    public ProcessorDependencies(EventCounters counters) {
        this(counters, new CatchUpTracker(), new SourceActivityTracker());
    }
}

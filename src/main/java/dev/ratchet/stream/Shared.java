package dev.ratchet.stream;

/**
 * What all partitions of a process share.
 *
 * @param tally where everything read is counted
 * @param catchUp which partitions are behind
 * @param activity for how long the source is silent
 */
public record Shared(Tally tally, CatchUp catchUp, SourceActivityTracker activity) {
    public Shared(Tally tally) {
        this(tally, new CatchUp(), new SourceActivityTracker());
    }
}

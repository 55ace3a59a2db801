package dev.ratchet.stream;

/**
 * What all partitions of a process share.
 *
 * @param tally where everything read is counted
 * @param catchUp which partitions are behind
 */
public record Shared(Tally tally, CatchUp catchUp, Pulse pulse) {
    public Shared(Tally tally) {
        this(tally, new CatchUp(), new Pulse());
    }
}

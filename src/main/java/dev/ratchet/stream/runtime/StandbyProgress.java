package dev.ratchet.stream.runtime;

/**
 * Progress of one store of a standby task.
 *
 * @param position the first offset of the store's changelog that is not loaded
 * @param end of the changelog, when the standby last loaded records; -1 before that
 */
public record StandbyProgress(String store, int partition, long position, long end) {
    /** {@return the number of offsets that are not loaded; 0 as long as the end is unknown} */
    public long lag() {
        return Math.max(0, end - position);
    }
}

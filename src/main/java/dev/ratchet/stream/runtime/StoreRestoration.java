package dev.ratchet.stream.runtime;

/**
 * Progress of one store that is being restored from its changelog. Its partition is not processed meanwhile.
 *
 * @param restored records read so far; may stay below the total, because transaction markers are among the offsets
 * @param total offsets to read
 */
public record StoreRestoration(String store, int partition, long restored, long total) {
    StoreRestoration plus(long count) {
        return new StoreRestoration(store, partition, restored + count, total);
    }
}

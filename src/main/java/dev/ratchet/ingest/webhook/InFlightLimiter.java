package dev.ratchet.ingest.webhook;

import java.util.Optional;

/** Limits the number of notifications in flight, and their memory. */
final class InFlightLimiter {
    private final int maxCount;
    private final long maxBytes;
    private int count;
    private long bytes;

    InFlightLimiter(int maxCount, long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    /** {@return a place for one more notification, which the caller must leave; empty if there is none} */
    synchronized Optional<Place> enter() {
        if (count >= maxCount) {
            return Optional.empty();
        }
        count++;
        return Optional.of(new Place());
    }

    /** The place of one notification. It takes memory only for bytes that have arrived, so slow clients take little. */
    final class Place {
        private long held;
        private boolean left;

        /** {@return whether there is memory for more bytes; there always is for a single notification} */
        boolean grow(long more) {
            synchronized (InFlightLimiter.this) {
                if (left || (bytes + more > maxBytes && bytes > held)) {
                    return false;
                }
                held += more;
                bytes += more;
                return true;
            }
        }

        /** Releases the place. A second call has no effect. */
        void leave() {
            synchronized (InFlightLimiter.this) {
                if (!left) {
                    left = true;
                    count--;
                    bytes -= held;
                }
            }
        }
    }
}

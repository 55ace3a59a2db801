package dev.ratchet.ingest.webhook;

import java.util.Optional;

/** Bounds how many notifications are held at a time, and how much memory they take. */
final class InFlightLimiter {
    private final int maxCount;
    private final long maxBytes;
    private int count;
    private long bytes;

    InFlightLimiter(int maxCount, long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    /** {@return room for one more, of which nothing is there yet; empty if there is none} It is to be left. */
    synchronized Optional<Place> enter() {
        if (count >= maxCount) {
            return Optional.empty();
        }
        count++;
        return Optional.of(new Place());
    }

    /** The room that one notification takes: what has arrived of it, so that those that come slowly take little. */
    final class Place {
        private long held;
        private boolean left;

        /**
         * More of it has arrived.
         *
         * @return whether there is room for that too; there is for one that is alone, however large
         */
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

        /** Called again it changes nothing. */
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

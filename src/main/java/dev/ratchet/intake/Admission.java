package dev.ratchet.intake;

/** Bounds how many notifications are held at a time, and how much memory they take. */
final class Admission {
    private final int maxCount;
    private final long maxBytes;
    private int count;
    private long bytes;

    Admission(int maxCount, long maxBytes) {
        this.maxCount = maxCount;
        this.maxBytes = maxBytes;
    }

    /** {@return whether there is room for one of this size} If so, {@link #leave} must follow. */
    synchronized boolean enter(long size) {
        boolean isFull = count >= maxCount || bytes + size > maxBytes;
        if (isFull && count > 0) { // a single one that is larger than all together may be has to be taken at some time
            return false;
        }
        count++;
        bytes += size;
        return true;
    }

    synchronized void leave(long size) {
        count--;
        bytes -= size;
    }
}

package dev.ratchet.stream;

/** Allows some log lines a minute, and counts those that are left out. Not thread-safe. */
public final class LogLineLimit {
    public static final int MAX_LINES = 20;
    private static final long WINDOW_MS = 60_000;

    private long windowAt;
    private int lines;
    private int leftOut;

    /**
     * Counts a line.
     *
     * @param now ms of the wall clock, which may jump back
     * @return whether the line may be logged
     */
    public boolean take(long now) {
        if (isOver(now)) {
            windowAt = now;
            lines = 0;
        }
        if (lines < MAX_LINES) {
            lines++;
            return true;
        }
        leftOut++;
        return false;
    }

    /** {@return the number of lines that were left out, once the minute is over; then it counts from 0} */
    public int takeLeftOut(long now) {
        int count = isOver(now) ? leftOut : 0;
        leftOut -= count;
        return count;
    }

    private boolean isOver(long now) {
        return Math.abs(now - windowAt) >= WINDOW_MS;
    }
}

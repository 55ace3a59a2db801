package dev.ratchet.log;

/** Allows some log lines a minute for a frequent event, and counts those that are left out. For one thread. */
public final class LogThrottle {
    /** Lines a minute for an event that differs each time. */
    public static final int MANY = 20;

    private static final long WINDOW_MS = 60_000;

    private final int max;
    private int lines;
    private int leftOut;
    private long windowAt;

    public LogThrottle() {
        this(1);
    }

    /** @param max lines a minute */
    public LogThrottle(int max) {
        this.max = max;
    }

    /**
     * Counts one event.
     *
     * @param now ms of the wall clock, which may jump back
     * @return events since the last line, this one included, if another line is allowed; else 0
     */
    public int add(long now) {
        if (isOver(now)) {
            windowAt = now;
            lines = 0;
        }
        leftOut++;
        if (lines == max) {
            return 0;
        }
        lines++;
        int since = leftOut;
        leftOut = 0;
        return since;
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

package dev.ratchet.stream;

/** Allows one log line a minute for a frequent event, with a count of all. For one thread. */
public final class LogThrottle {
    private static final long BETWEEN_LINES = 60_000;

    private int count;
    private long loggedAt;

    /**
     * Counts one event.
     *
     * @param now ms of the wall clock, which may jump back
     * @return events since the last line, if another line is due; else 0
     */
    public int add(long now) {
        count++;
        if (Math.abs(now - loggedAt) < BETWEEN_LINES) {
            return 0;
        }
        int since = count;
        count = 0;
        loggedAt = now;
        return since;
    }
}

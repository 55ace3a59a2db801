package dev.ratchet.stream;

/** Lets one log line a minute through for something that may happen very often, with a count of all. For one thread. */
public final class LogThrottle {
    private static final long BETWEEN_LINES = 60_000;

    private int count;
    private long loggedAt;

    /**
     * It happened once more.
     *
     * @param now ms of the wall clock, which may jump back
     * @return how often it happened since the last line, if another is due; else 0
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

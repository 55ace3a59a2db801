package dev.ratchet.ingest;

import java.time.Duration;
import java.time.Instant;

/**
 * The range of a task's times, ms. A notification is ordered by its times, so a single one from the year 9999 would
 * make all later reports look old. 0, which is Conductor's value for no time, is always permitted.
 */
public record TimeBounds(long earliest, long latest) {
    /** For sources with their own order, where times are evidence only. */
    static final TimeBounds ANY = new TimeBounds(0, Long.MAX_VALUE);

    /**
     * For recordings, which may be of any age. Conductor's own times lie before 2100; times in microseconds, and years
     * such as 9999, do not.
     */
    public static final TimeBounds RECORDED = new TimeBounds(0, ms("2100-01-01T00:00:00Z"));

    /** Conductor was published in December 2016: an earlier time is not from Conductor, or not in milliseconds. */
    private static final long BEFORE_CONDUCTOR = ms("2015-01-01T00:00:00Z");

    /** How far Conductor's clock may be ahead of ours: local time that is taken for UTC is at most 14 hours ahead. */
    private static final Duration AHEAD = Duration.ofDays(1);

    public static TimeBounds around(Instant now) {
        return new TimeBounds(BEFORE_CONDUCTOR, now.plus(AHEAD).toEpochMilli());
    }

    boolean permit(long time) {
        return time == 0 || (time >= earliest && time <= latest);
    }

    UnreadableException exceeded(String field, String got) {
        return UnreadableException.expected(
                "%s to be 0 for none, or from %s to %s"
                        .formatted(field, Instant.ofEpochMilli(earliest), Instant.ofEpochMilli(latest)),
                got);
    }

    private static long ms(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}

package dev.ratchet.ingest;

import java.time.Duration;
import java.time.Instant;

/**
 * Between which points in time, ms, a task's times may lie. A notification is ordered by its times, so a single one of the
 * year 9999 would make all that is reported later look old. 0, Conductor's way to say that there is none, is always
 * permitted.
 */
public record TimeBounds(long earliest, long latest) {
    /** For sources with an order of their own, where times are evidence only. */
    static final TimeBounds ANY = new TimeBounds(0, Long.MAX_VALUE);

    /**
     * For recordings, which may be of any age. Conductor's own times lie before 2100; times in microseconds, and years
     * such as 9999, do not.
     */
    public static final TimeBounds RECORDED = new TimeBounds(0, ms("2100-01-01T00:00:00Z"));

    /** Conductor was published in December 2016: what is earlier was not written by it, or is not in milliseconds. */
    private static final long BEFORE_CONDUCTOR = ms("2015-01-01T00:00:00Z");

    /** How far Conductor's clock may be ahead of ours: local time taken for UTC is at most 14 hours ahead. */
    private static final Duration AHEAD = Duration.ofDays(1);

    /** For what Conductor sends now. */
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

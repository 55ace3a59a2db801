package dev.ratchet.task;

import java.util.Arrays;

/**
 * For each status heard within one epoch, the first and the last point at which it was reported.
 *
 * <p>Adding a mark is a minimum and a maximum per status: commutative, associative, idempotent. So whatever is derived
 * from the marks depends on <em>what</em> was heard, never on the order or the number of deliveries. Immutable.
 */
public final class StatusHistory {
    public static final StatusHistory NONE = new StatusHistory(0, new long[0]);

    private static final TaskStatus[] STATUSES = TaskStatus.values();
    private static final int SPAN = 4;
    private static final int NOWHERE = -1;

    /** One bit a status heard, by phase. */
    private final int lastReported;

    /** A span a status heard, in the order of the enum: first sequence, its time, last sequence, its time. */
    private final long[] spans;

    private StatusHistory(int lastReported, long[] spans) {
        this.lastReported = lastReported;
        this.spans = spans;
    }

    /**
     * Marks as their parts, as {@link #statuses()} and {@link #spans()} give them.
     *
     * @throws IllegalArgumentException if there are not four numbers for each status
     */
    public static StatusHistory of(int statuses, long[] spans) {
        if (spans.length != Integer.bitCount(statuses) * SPAN || statuses >>> STATUSES.length != 0) {
            throw new IllegalArgumentException("Expected four numbers for each of the statuses "
                    + Integer.toBinaryString(statuses) + ", but got " + spans.length);
        }
        return new StatusHistory(statuses, spans.clone());
    }

    /** These marks and one more; this very object if it adds nothing. */
    public StatusHistory with(Observation observation) {
        int at = offset(observation.status());
        int bit = observation.status().bit();
        if ((lastReported & bit) == 0) {
            long[] wider = new long[spans.length + SPAN];
            System.arraycopy(spans, 0, wider, 0, at);
            System.arraycopy(spans, at, wider, at + SPAN, spans.length - at);
            wider[at] = wider[at + 2] = observation.sequence();
            wider[at + 1] = wider[at + 3] = observation.occurredAt();
            return new StatusHistory(lastReported | bit, wider);
        }
        boolean first = observation.sequence() < spans[at]
                || (observation.sequence() == spans[at] && observation.occurredAt() < spans[at + 1]);
        boolean last = observation.sequence() > spans[at + 2]
                || (observation.sequence() == spans[at + 2] && observation.occurredAt() < spans[at + 3]);
        if (!first && !last) {
            return this;
        }
        long[] changed = spans.clone();
        if (first) {
            changed[at] = observation.sequence();
            changed[at + 1] = observation.occurredAt();
        }
        if (last) {
            changed[at + 2] = observation.sequence();
            changed[at + 3] = observation.occurredAt();
        }
        return new StatusHistory(lastReported, changed);
    }

    /** Whether this status was first or last heard at exactly this sequence. */
    boolean has(TaskStatus status, long sequence) {
        int at = offset(status);
        return (lastReported & status.bit()) != 0 && (spans[at] == sequence || spans[at + 2] == sequence);
    }

    /**
     * The fold: start with the first mark; each later one takes over if the table permits the step, else it is passed
     * over.
     *
     * @return the mark at which the standing status took over
     * @throws IllegalStateException if nothing was heard
     */
    public Observation current(TransitionTable table) {
        int current = after(-1, 0);
        for (int next = current;
                next != NOWHERE;
                next = after(sequence(next), status(next).phase() + 1)) {
            if (table.permits(status(current), status(next))) {
                current = next;
            }
        }
        return observation(current);
    }

    /**
     * The latest mark by (sequence, phase).
     *
     * @throws IllegalStateException if nothing was heard
     */
    public Observation latest() {
        return latest(lastReported);
    }

    /**
     * The latest mark of a terminal status.
     *
     * @throws IllegalStateException if none was heard
     */
    Observation latestTerminal() {
        return latest(lastReported & ~0b11);
    }

    private Observation latest(int among) {
        int latest = NOWHERE;
        for (int place = 2, bits = lastReported; bits != 0; place += SPAN, bits &= bits - 1) {
            boolean counts = (among & Integer.lowestOneBit(bits)) != 0;
            if (counts && (latest == NOWHERE || spans[place] >= spans[latest])) {
                latest = place;
            }
        }
        return observation(latest);
    }

    /** The place in {@link #spans} of the earliest mark at or after (sequence, phase). */
    private int after(long sequence, int phase) {
        int found = NOWHERE;
        for (int place = 0, bits = lastReported; bits != 0; place += 2) {
            long at = spans[place];
            boolean candidate = at > sequence || (at == sequence && Integer.numberOfTrailingZeros(bits) >= phase);
            if (candidate && (found == NOWHERE || at < spans[found])) {
                found = place;
            }
            if (place % SPAN != 0) {
                bits &= bits - 1;
            }
        }
        return found;
    }

    private long sequence(int place) {
        return spans[place];
    }

    private TaskStatus status(int place) {
        int bits = lastReported;
        for (int skip = place / SPAN; skip > 0; skip--) {
            bits &= bits - 1;
        }
        return STATUSES[Integer.numberOfTrailingZeros(bits)];
    }

    private Observation observation(int place) {
        if (place == NOWHERE) {
            throw new IllegalStateException("Expected at least one mark, but nothing was heard");
        }
        return new Observation(status(place), spans[place], spans[place + 1]);
    }

    private int offset(TaskStatus status) {
        return Integer.bitCount(lastReported & (status.bit() - 1)) * SPAN;
    }

    /** The statuses heard, one bit each, by phase. */
    public int statuses() {
        return lastReported;
    }

    /** Four numbers for each status heard, in the order of the enum: first sequence, its time, last sequence, its time. */
    public long[] spans() {
        return spans.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatusHistory history
                && lastReported == history.lastReported
                && Arrays.equals(spans, history.spans);
    }

    @Override
    public int hashCode() {
        return 31 * lastReported + Arrays.hashCode(spans);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Marks[");
        for (int place = 0; place < spans.length; place += SPAN) {
            text.append(place == 0 ? "" : ", ")
                    .append(status(place))
                    .append('@')
                    .append(spans[place]);
            if (spans[place] != spans[place + 2]) {
                text.append('…').append(spans[place + 2]);
            }
        }
        return text.append(']').toString();
    }
}

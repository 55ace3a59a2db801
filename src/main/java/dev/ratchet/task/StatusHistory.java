package dev.ratchet.task;

import java.util.Arrays;

/**
 * The first and the last observation of each status within one epoch. Immutable.
 *
 * <p>Adding an observation takes a minimum and a maximum per status, which is commutative, associative and idempotent.
 * So everything derived from the history depends on <em>which</em> observations arrived, never on the order or the
 * number of deliveries.
 */
public final class StatusHistory {
    public static final StatusHistory NONE = new StatusHistory(0, new long[0]);

    private static final TaskStatus[] STATUSES = TaskStatus.values();
    private static final int SPAN_LENGTH = 4;
    private static final int NOT_FOUND = -1;

    /** One bit for each observed status, by phase. */
    private final int statuses;

    /** Four numbers for each observed status, in the order of the enum: first sequence, its time, last sequence, its time. */
    private final long[] spans;

    private StatusHistory(int lastReported, long[] spans) {
        this.statuses = lastReported;
        this.spans = spans;
    }

    /**
     * Creates a history from the values of {@link #statuses()} and {@link #spans()}.
     *
     * @throws IllegalArgumentException if there are not four numbers for each status
     */
    public static StatusHistory of(int statuses, long[] spans) {
        if (spans.length != Integer.bitCount(statuses) * SPAN_LENGTH || statuses >>> STATUSES.length != 0) {
            throw new IllegalArgumentException("Expected four numbers for each of the statuses "
                    + Integer.toBinaryString(statuses) + ", but got " + spans.length);
        }
        return new StatusHistory(statuses, spans.clone());
    }

    /** Adds one observation; this object if that adds nothing. */
    public StatusHistory with(Observation observation) {
        int at = offset(observation.status());
        int bit = observation.status().bit();
        if ((statuses & bit) == 0) {
            long[] wider = new long[spans.length + SPAN_LENGTH];
            System.arraycopy(spans, 0, wider, 0, at);
            System.arraycopy(spans, at, wider, at + SPAN_LENGTH, spans.length - at);
            wider[at] = wider[at + 2] = observation.sequence();
            wider[at + 1] = wider[at + 3] = observation.occurredAt();
            return new StatusHistory(statuses | bit, wider);
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
        return new StatusHistory(statuses, changed);
    }

    /** Whether the first or the last observation of this status has exactly this sequence. */
    boolean contains(TaskStatus status, long sequence) {
        int at = offset(status);
        return (statuses & status.bit()) != 0 && (spans[at] == sequence || spans[at + 2] == sequence);
    }

    /**
     * Derives the current status: starts with the first observation; each later one takes over if the table permits the
     * transition, otherwise it is skipped.
     *
     * @return the observation at which the current status took over
     * @throws IllegalStateException if the history is empty
     */
    public Observation current(TransitionTable table) {
        int current = findFrom(-1, 0);
        for (int next = current;
                next != NOT_FOUND;
                next = findFrom(sequence(next), status(next).phase() + 1)) {
            if (table.permits(status(current), status(next))) {
                current = next;
            }
        }
        return observation(current);
    }

    /**
     * The latest observation by (sequence, phase).
     *
     * @throws IllegalStateException if the history is empty
     */
    public Observation latest() {
        return latest(statuses);
    }

    /**
     * The latest observation of a terminal status.
     *
     * @throws IllegalStateException if there is none
     */
    Observation latestTerminal() {
        return latest(statuses & ~0b11);
    }

    private Observation latest(int among) {
        int latest = NOT_FOUND;
        for (int place = 2, bits = statuses; bits != 0; place += SPAN_LENGTH, bits &= bits - 1) {
            boolean counts = (among & Integer.lowestOneBit(bits)) != 0;
            if (counts && (latest == NOT_FOUND || spans[place] >= spans[latest])) {
                latest = place;
            }
        }
        return observation(latest);
    }

    /** The index in {@link #spans} of the earliest observation at or after (sequence, phase). */
    private int findFrom(long sequence, int phase) {
        int found = NOT_FOUND;
        for (int place = 0, bits = statuses; bits != 0; place += 2) {
            long at = spans[place];
            boolean candidate = at > sequence || (at == sequence && Integer.numberOfTrailingZeros(bits) >= phase);
            if (candidate && (found == NOT_FOUND || at < spans[found])) {
                found = place;
            }
            if (place % SPAN_LENGTH != 0) {
                bits &= bits - 1;
            }
        }
        return found;
    }

    private long sequence(int place) {
        return spans[place];
    }

    private TaskStatus status(int place) {
        int bits = statuses;
        for (int skip = place / SPAN_LENGTH; skip > 0; skip--) {
            bits &= bits - 1;
        }
        return STATUSES[Integer.numberOfTrailingZeros(bits)];
    }

    private Observation observation(int place) {
        if (place == NOT_FOUND) {
            throw new IllegalStateException("Expected at least one observation, but the history is empty");
        }
        return new Observation(status(place), spans[place], spans[place + 1]);
    }

    private int offset(TaskStatus status) {
        return Integer.bitCount(statuses & (status.bit() - 1)) * SPAN_LENGTH;
    }

    /** The observed statuses, one bit each, by phase. */
    public int statuses() {
        return statuses;
    }

    /** Four numbers for each observed status, in the order of the enum: first sequence, its time, last sequence, its time. */
    public long[] spans() {
        return spans.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatusHistory history
                && statuses == history.statuses
                && Arrays.equals(spans, history.spans);
    }

    @Override
    public int hashCode() {
        return 31 * statuses + Arrays.hashCode(spans);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("StatusHistory[");
        for (int place = 0; place < spans.length; place += SPAN_LENGTH) {
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

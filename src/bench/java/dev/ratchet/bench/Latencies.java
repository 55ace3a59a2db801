package dev.ratchet.bench;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Times in ms, and how they are distributed. For one thread. */
final class Latencies {
    private long[] values = new long[1 << 16];
    private int count;

    void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    int count() {
        return count;
    }

    /** {@return what so many percent of them do not exceed; there must be one at least} */
    long within(double percent) {
        return within(sorted(), percent);
    }

    @Override
    public String toString() {
        long[] sorted = sorted();
        return DoubleStream.of(50, 95, 99, 99.9, 100)
                .mapToObj(percent -> "%s %% within %d"
                        .formatted(
                                percent == (int) percent ? String.valueOf((int) percent) : String.valueOf(percent),
                                within(sorted, percent)))
                .collect(Collectors.joining(", "));
    }

    private long[] sorted() {
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static long within(long[] sorted, double percent) {
        return sorted[Math.max(0, (int) Math.ceil(percent / 100 * sorted.length) - 1)];
    }
}

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

    @Override
    public String toString() {
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return DoubleStream.of(50, 95, 99, 99.9, 100)
                .mapToObj(percent -> "%s %% within %d"
                        .formatted(
                                percent == (int) percent ? String.valueOf((int) percent) : String.valueOf(percent),
                                sorted[Math.max(0, (int) Math.ceil(percent / 100 * count) - 1)]))
                .collect(Collectors.joining(", "));
    }
}

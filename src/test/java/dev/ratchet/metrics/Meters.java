package dev.ratchet.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Reads counters of a registry. */
public final class Meters {
    private Meters() {}

    /**
     * The sum of all counters with this name and these tags; 0 if there is none.
     *
     * @param tags names and values
     */
    public static long count(MeterRegistry registry, String name, String... tags) {
        return (long) registry.find(name).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /**
     * The value of the only gauge with this name and these tags.
     *
     * @param tags names and values
     */
    public static long gauge(MeterRegistry registry, String name, String... tags) {
        return (long) registry.get(name).tags(tags).gauge().value();
    }
}

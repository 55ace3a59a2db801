package dev.ratchet.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Registers counters with one name, one for each constant of an enum, whose name is the value of a tag. */
public final class EnumCounters {
    private EnumCounters() {}

    /**
     * Registers them. All exist from the start with 0, so that rates are right from the first increment on.
     *
     * @param name by Micrometer's convention, such as {@code ratchet.dead.letters}
     * @param description what one increment means
     * @param tag name of the tag
     * @param tags names and values of further tags
     */
    public static <E extends Enum<E>> Map<E, Counter> register(
            MeterRegistry registry, String name, String description, Class<E> kinds, String tag, String... tags) {
        Map<E, Counter> counters = new EnumMap<>(kinds);
        for (E kind : kinds.getEnumConstants()) {
            counters.put(
                    kind,
                    Counter.builder(name)
                            .description(description)
                            .tags(tags)
                            .tag(tag, kind.name())
                            .register(registry));
        }
        return counters;
    }

    /** Registers a single counter. */
    public static Counter register(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}

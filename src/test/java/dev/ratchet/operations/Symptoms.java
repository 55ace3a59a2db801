package dev.ratchet.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What an operator must be able to see of a fault, or of its end. */
final class Symptoms {
    private static final double RISE = Double.NEGATIVE_INFINITY;

    private final int live;
    private final int ready;
    private final List<String> failing;
    private final Map<String, String> status = new LinkedHashMap<>();
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final List<String> log = new ArrayList<>();

    private Symptoms(int live, int ready, List<String> failing) {
        this.live = live;
        this.ready = ready;
        this.failing = failing;
    }

    /** The process is live and works: both probes are 200. */
    static Symptoms ready() {
        return new Symptoms(200, 200, List.of());
    }

    /** The process is live, and not ready because of these checks. */
    static Symptoms unready(String... failing) {
        return new Symptoms(200, 503, Arrays.asList(failing));
    }

    /** @param text that the field contains; none means that it is null */
    Symptoms status(String pointer, String text) {
        status.put(pointer, text);
        return this;
    }

    Symptoms metric(String selector, double value) {
        metrics.put(selector, value);
        return this;
    }

    /** A counter that is higher than before the fault. */
    Symptoms rises(String... selectors) {
        Arrays.asList(selectors).forEach(one -> metrics.put(one, RISE));
        return this;
    }

    /** @param text of a line since the fault began, such as its code */
    Symptoms log(String... text) {
        log.addAll(Arrays.asList(text));
        return this;
    }

    /** Fails unless all of it is seen. {@return what is seen} */
    Shown check(Seen before, Seen now, String lines) {
        assertThat(now.live().code()).as("/health/live").isEqualTo(live);
        assertThat(now.ready().code())
                .as("/health/ready, failing: %s", now.ready())
                .isEqualTo(ready);
        assertThat(now.ready().failing()).isEqualTo(failing);
        Map<String, String> fields = new LinkedHashMap<>();
        status.forEach((pointer, text) -> {
            String value = now.status(pointer);
            assertThat(value).as(pointer).contains(text);
            assertThat(text.isEmpty()).as("%s is %s", pointer, value).isEqualTo(value.isEmpty());
            fields.put(pointer.substring(1).replace('/', '.'), Cells.field(value));
        });
        Map<String, String> series = new LinkedHashMap<>();
        metrics.forEach((selector, expected) -> series.put(selector, checked(selector, expected, before, now)));
        List<String> found = new ArrayList<>();
        for (String text : log) {
            assertThat(lines).contains(text);
            found.add(Cells.line(lines, text));
        }
        return new Shown(now.live().toString(), now.ready().toString(), fields, series, found);
    }

    private static String checked(String selector, double expected, Seen before, Seen now) {
        OptionalDouble value = now.metric(selector);
        assertThat(value).as(selector).isPresent();
        double number = value.getAsDouble();
        if (expected != RISE) {
            assertThat(number).as(selector).isEqualTo(expected);
            return Cells.number(number);
        }
        double rise = number - before.metric(selector).orElse(0);
        assertThat(rise).as("rise of %s", selector).isPositive();
        return "+" + Cells.number(rise);
    }
}

package dev.ratchet.operations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was seen of a fault.
 *
 * @param status fields by name
 * @param metrics values by series
 */
record Shown(String live, String ready, Map<String, String> status, Map<String, String> metrics, List<String> log) {
    static final Shown NOTHING = new Shown("", "", Map.of(), Map.of(), List.of());

    /** {@return this, then what was seen after the fault} */
    Shown then(Shown later) {
        List<String> lines = new ArrayList<>(log);
        lines.addAll(later.log);
        return new Shown(
                join(live, later.live),
                join(ready, later.ready),
                join(status, later.status),
                join(metrics, later.metrics),
                lines);
    }

    private static String join(String before, String after) {
        return before.isEmpty() || before.equals(after) ? after : before + " → " + after;
    }

    private static Map<String, String> join(Map<String, String> before, Map<String, String> after) {
        Map<String, String> all = new LinkedHashMap<>(before);
        after.forEach((name, value) -> all.merge(name, value, Shown::join));
        return all;
    }

    List<String> cells() {
        return List.of(live, ready, text(status), text(metrics), String.join("<br>", log));
    }

    private static String text(Map<String, String> values) {
        return values.entrySet().stream()
                .map(one -> "`" + one.getKey() + "` " + one.getValue())
                .collect(Collectors.joining("<br>"));
    }
}

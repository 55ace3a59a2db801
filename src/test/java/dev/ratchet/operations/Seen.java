package dev.ratchet.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an instance answered at one moment.
 *
 * @param status of {@code /api/v1/status}; missing if there was no answer
 * @param metrics lines of {@code /metrics}
 */
record Seen(Probe live, Probe ready, JsonNode status, List<String> metrics) {
    private static final Pattern LABEL = Pattern.compile("\\w+=\"[^\"]*\"");

    /**
     * The answer of a probe.
     *
     * @param code HTTP status; 0 if there was no answer
     * @param failing names of the checks that are DOWN
     */
    record Probe(int code, List<String> failing) {
        @Override
        public String toString() {
            return code == 0 ? "no answer" : (code + " " + String.join(", ", failing)).strip();
        }
    }

    /** {@return a field, as text; empty if it is null or missing} */
    String status(String pointer) {
        JsonNode node = status.at(pointer);
        if (node.isNull() || node.isMissingNode()) {
            return "";
        }
        return node.isValueNode() ? node.asText() : node.toString();
    }

    /** {@return the sum of the series with this name and these labels; empty if there is none} */
    OptionalDouble metric(String selector) {
        String name = selector.replaceFirst("\\{.*", "");
        List<String> labels = labels(selector);
        double[] values = metrics.stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> labels.stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .toArray();
        return values.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Stream.of(values)
                        .flatMapToDouble(java.util.Arrays::stream)
                        .sum());
    }

    private static List<String> labels(String selector) {
        Matcher labels = LABEL.matcher(selector);
        return labels.results().map(found -> found.group()).toList();
    }
}

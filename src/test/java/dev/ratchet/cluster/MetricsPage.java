package dev.ratchet.cluster;

import dev.ratchet.cluster.Scrape.ScrapedMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code docs/metrics.md}. The text is written by hand; the tables between the markers {@code <!-- metrics: PREFIX … -->} and
 * {@code <!-- end -->} are generated from a running instance: those metrics whose names have one of the prefixes.
 */
final class MetricsPage {
    private static final Pattern TABLE = Pattern.compile("<!-- metrics: (.*?) -->\n.*?<!-- end -->", Pattern.DOTALL);
    private static final Pattern CONSTANT = Pattern.compile("[A-Z_]+|debug|error|info|trace|warn");

    /** Kafka repeats this in the description of each metric of a topic. */
    private static final Pattern ABOUT_PERIODS = Pattern.compile(" Note: For topic names with periods .*");

    private MetricsPage() {}

    /** {@return the page with its tables as they should be; fails if a metric belongs to no table} */
    static String of(String page, Scrape scrape) {
        Set<String> left = new TreeSet<>(scrape.metrics().keySet());
        Matcher table = TABLE.matcher(page);
        String written = table.replaceAll(found -> {
            List<String> prefixes = List.of(found.group(1).split(" "));
            List<ScrapedMetric> rows = scrape.metrics().values().stream()
                    .filter(metric -> prefixes.stream().anyMatch(metric.name()::startsWith))
                    .toList();
            rows.forEach(metric -> left.remove(metric.name()));
            return Matcher.quoteReplacement(
                    "<!-- metrics: " + found.group(1) + " -->\n" + table(rows) + "<!-- end -->");
        });
        if (!left.isEmpty()) {
            throw new AssertionError("Expected docs/metrics.md to have a table for each metric, but not for " + left);
        }
        return written;
    }

    private static String table(List<ScrapedMetric> rows) {
        List<String> lines = new ArrayList<>(
                List.of("| metric | type | unit | labels | meaning |", "| --- | --- | --- | --- | --- |"));
        rows.forEach(metric -> lines.add("| `%s` | %s | %s | %s | %s |"
                .formatted(metric.name(), metric.type(), unit(metric.name()), labels(metric), meaning(metric))));
        return String.join("\n", lines) + "\n";
    }

    private static String meaning(ScrapedMetric metric) {
        String text = ABOUT_PERIODS.matcher(metric.help()).replaceFirst("");
        return text.replace("|", "\\|").replace("<", "&lt;");
    }

    /** Each metric of Kafka has the label of its version. */
    private static String labels(ScrapedMetric metric) {
        return metric.labels().entrySet().stream()
                .filter(label -> !label.getKey().equals("kafka_version"))
                .map(MetricsPage::label)
                .collect(Collectors.joining("; "));
    }

    private static String label(Map.Entry<String, Set<String>> label) {
        boolean isEnum = label.getValue().stream()
                .allMatch(value -> CONSTANT.matcher(value).matches());
        return "`" + label.getKey() + "`" + (isEnum ? ": " + String.join(", ", label.getValue()) : "");
    }

    /** From the name, the first that applies. Kafka measures in ms and ns and says so in few names. */
    private static String unit(String name) {
        if (name.contains("_seconds")) {
            return "s";
        }
        if (name.contains("_ns_")) {
            return "ns";
        }
        if (name.contains("_byte") || name.endsWith("batch_size_avg")) {
            return "bytes";
        }
        boolean isTime = name.contains("latency") || name.contains("_time_");
        if (name.startsWith("kafka_") && (isTime || name.endsWith("time_between_poll_max"))) {
            return "ms";
        }
        if (name.contains("_ratio") || name.endsWith("cpu_usage")) {
            return "0 to 1";
        }
        if (name.endsWith("_per_hour")) {
            return "1/h";
        }
        return name.endsWith("_rate") ? "1/s" : "";
    }
}

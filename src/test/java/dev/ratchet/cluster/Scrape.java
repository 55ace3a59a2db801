package dev.ratchet.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an instance answers at {@code /metrics}, in Prometheus' text format.
 *
 * @param metrics by name, as in the line {@code # TYPE}
 * @param series names of all lines with a value: those that a query can use, such as {@code x_count} of a summary
 */
record Scrape(Map<String, ScrapedMetric> metrics, Set<String> series, int lines) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Pattern VALUE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** @param labels names, and the values that were seen */
    record ScrapedMetric(String name, String type, String help, Map<String, Set<String>> labels) {}

    /** Reads {@code /metrics} of the instance at this address. */
    static Scrape of(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/metrics"))
                .timeout(Duration.ofSeconds(30))
                .build();
        HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError("Expected metrics, but got HTTP status " + answer.statusCode());
        }
        return parse(answer.body());
    }

    static Scrape parse(String text) {
        Map<String, ScrapedMetric> metrics = new TreeMap<>();
        Set<String> series = new TreeSet<>();
        String help = "";
        ScrapedMetric metric = null;
        int lines = 0;
        for (String line : text.lines().toList()) {
            if (line.startsWith("# HELP ")) {
                help = line.split(" ", 4)[3].strip();
            } else if (line.startsWith("# TYPE ")) {
                String[] parts = line.split(" ", 4);
                metric = new ScrapedMetric(parts[2], parts[3], help, new TreeMap<>());
                if (metrics.put(metric.name(), metric) != null) {
                    throw new AssertionError("Expected one metric of each name, but got another: " + line);
                }
                help = "";
            } else {
                Matcher value = VALUE.matcher(line);
                if (metric == null || !value.matches() || !value.group(1).startsWith(metric.name())) {
                    throw new AssertionError("Expected a value of the metric before it, but got: " + line);
                }
                lines++;
                series.add(value.group(1));
                addLabels(value.group(2), metric);
            }
        }
        return new Scrape(metrics, series, lines);
    }

    private static void addLabels(String text, ScrapedMetric metric) {
        Matcher label = LABEL.matcher(text == null ? "" : text);
        while (label.find()) {
            metric.labels()
                    .computeIfAbsent(label.group(1), name -> new TreeSet<>())
                    .add(label.group(2));
        }
    }

    /** {@return the names of the metrics, with their types and labels: what a dashboard relies on} */
    Set<String> signatures() {
        return metrics.values().stream()
                .map(one -> one.name() + " " + one.type() + " " + one.labels().keySet())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

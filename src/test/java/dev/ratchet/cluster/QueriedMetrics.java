package dev.ratchet.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of metrics that Prometheus' rules and Grafana's dashboards query. */
final class QueriedMetrics {
    /** Prometheus' own. */
    private static final Set<String> NOT_OURS = Set.of("up", "ALERTS", "ALERTS_FOR_STATE");

    private static final Set<String> KEYWORDS =
            Set.of("and", "or", "unless", "bool", "offset", "atan2", "inf", "nan", "start", "end");

    /** Whatever may hold names of another kind: label names and values, durations, variables of Grafana. */
    private static final List<Pattern> NO_METRICS = List.of(
            Pattern.compile("(?m)^\\s*#.*$"),
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'"),
            Pattern.compile("(?<!\\$)\\{[^{}]*}"),
            Pattern.compile("(?<=label_values\\()[^,()]*(?=\\))"), // label_values(label)
            Pattern.compile("(?<=label_values\\([^()]{1,200}),\\s*\\w+\\s*(?=\\))"), // label_values(metric, label)
            Pattern.compile("\\[[^\\[\\]]*]"),
            Pattern.compile("\\$\\{[^{}]*}|\\$\\w+"),
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^()]*\\)"),
            Pattern.compile("\\b(?:by|group_left|group_right)\\b"),
            Pattern.compile("\\b[0-9][0-9a-zA-Z.]*\\b"));

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\s*\\(|[a-zA-Z0-9_:])");

    private QueriedMetrics() {}

    /**
     * {@return the names, each with the files that query it} Without those of recording rules in the same files, and of
     * Prometheus itself.
     *
     * @param folders may be missing; files in them ending in yml, yaml or json are read
     */
    static Map<String, Set<String>> of(Path... folders) throws IOException {
        Map<String, Set<String>> queried = new TreeMap<>();
        Set<String> recorded = new TreeSet<>();
        for (Path folder : folders) {
            for (Path file : files(folder)) {
                JsonNode content = mapper(file).readTree(file.toFile());
                recorded.addAll(content.findValuesAsText("record"));
                for (String query : queries(content)) {
                    namesIn(query)
                            .forEach(name -> queried.computeIfAbsent(name, one -> new TreeSet<>())
                                    .add(file.getFileName().toString()));
                }
            }
        }
        queried.keySet().removeAll(recorded);
        return queried;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(yml|yaml|json)"))
                    .sorted()
                    .toList();
        }
    }

    private static ObjectMapper mapper(Path file) {
        return file.toString().endsWith(".json") ? new ObjectMapper() : new ObjectMapper(new YAMLFactory());
    }

    /** Of rules and panels in the field {@code expr}; of a dashboard's variables in {@code query} or {@code definition}. */
    private static Set<String> queries(JsonNode content) {
        Set<String> queries = new TreeSet<>(content.findValuesAsText("expr"));
        for (JsonNode variable : content.path("templating").path("list")) {
            if (variable.path("type").asText().equals("query")) {
                JsonNode query = variable.path("query");
                queries.add(
                        query.isTextual() ? query.asText() : query.path("query").asText());
                queries.add(variable.path("definition").asText());
            }
        }
        return queries;
    }

    static Set<String> namesIn(String query) {
        String rest = query;
        for (Pattern other : NO_METRICS) {
            rest = other.matcher(rest).replaceAll(" ");
        }
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(rest);
        while (name.find()) {
            if (!KEYWORDS.contains(name.group().toLowerCase(Locale.ROOT)) && !NOT_OURS.contains(name.group())) {
                names.add(name.group());
            }
        }
        return names;
    }
}

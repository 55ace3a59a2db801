package dev.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The index lists every page, links have targets, and packages, classes, methods and tests named on pages exist. */
class DocsTest {
    private static final Path DOCS = Path.of("docs");
    private static final Path INDEX = DOCS.resolve("README.md");
    private static final Path README = Path.of("README.md");
    private static final Path ARCHITECTURE = DOCS.resolve("architecture.md");
    private static final Path MAIN = Path.of("src/main/java/dev/ratchet");

    private static final Pattern LINK = Pattern.compile("]\\(([^()\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern METHOD = Pattern.compile("\\b([A-Z][a-z]\\w+)\\.([a-z]\\w+)\\b");
    private static final Pattern TEST_NAME = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))\\b[^`]*`");

    /** Two capitals at least, so that words such as `Authorization` are not taken for classes. */
    private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][a-z]\\w*[A-Z]\\w*)\\b[^`]*`");

    /** Names of Prometheus alerts look like classes, too. */
    private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)$");

    /** Classes and options of Java, Kafka, Debezium and Conductor, and an enum within a schema. */
    private static final Set<String> NOT_OURS = Set.of(
            ("AlertKind BinaryData ByLogicalTableRouter CachedStateStore ConfigDef ConsumerRecords InlineSmallCode"
                            + " KafkaStreams LogAndContinue MaxInlineLevel OutOfMemoryError PartitionGroup"
                            + " ProductionExceptionHandler RecordDeserializationException TaskExecutor TopologyTestDriver WorkflowExecutorOps"
                            + " WorkflowSystemTask WrappedStateStore")
                    .split(" "));

    @Test
    void indexListsEveryPageOnce() {
        List<String> pages = pages().filter(page -> page.startsWith(DOCS) && !page.equals(INDEX))
                .map(Path::toString)
                .toList();
        List<String> listed = links(INDEX).stream()
                .map(link -> target(INDEX, link).toString())
                .filter(target -> target.startsWith(DOCS + "/") && target.endsWith(".md"))
                .toList();
        assertThat(listed).as("pages that %s links to", INDEX).containsExactlyInAnyOrderElementsOf(pages);
    }

    @Test
    void relativeLinksHaveTargets() {
        List<String> broken = new ArrayList<>();
        int checked = 0;
        for (Path page : pages().toList()) {
            for (String link : links(page)) {
                checked++;
                if (!hasTarget(page, link)) {
                    broken.add(page + " -> " + link);
                }
            }
        }
        assertThat(checked).as("links").isGreaterThan(50);
        assertThat(broken).as("links without target").isEmpty();
    }

    @Test
    void namedTestsExist() throws IOException {
        Set<String> tests;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            tests = files.filter(file -> file.toString().endsWith(".java"))
                    .map(DocsTest::className)
                    .collect(Collectors.toSet());
        }
        Set<String> named = pages().flatMap(
                        page -> matches(TEST_NAME, text(page)).map(name -> name.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).as("tests that the pages name").isNotEmpty().isSubsetOf(tests);
    }

    @Test
    void namedClassesExist() throws IOException {
        Set<String> known = new TreeSet<>(NOT_OURS);
        for (Path root : List.of(Path.of("src"), Path.of("schemas"))) {
            try (Stream<Path> files = Files.walk(root)) {
                files.map(file -> file.getFileName().toString().replaceFirst("\\.(java|avsc)$", ""))
                        .forEach(known::add);
            }
        }
        matches(ALERT, text(Path.of("config/prometheus/ratchet-alerts.yml")))
                .forEach(alert -> known.add(alert.group(1)));
        Set<String> named = pages().flatMap(
                        page -> matches(CLASS_NAME, prose(page)).map(name -> name.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named)
                .as("classes that the pages name")
                .contains("StatusReducer")
                .isSubsetOf(known);
    }

    @Test
    void architecturePageListsEveryPackage() throws IOException {
        String text = text(ARCHITECTURE);
        try (Stream<Path> folders = Files.walk(MAIN)) {
            assertThat(folders.filter(Files::isDirectory).filter(folder -> !folder.equals(MAIN)))
                    .map(folder -> MAIN.relativize(folder).toString().replace('/', '.'))
                    .allSatisfy(name -> assertThat(text).contains("`" + name + "`"));
        }
    }

    @Test
    void architecturePageNamesExistingMethods() throws IOException {
        Map<String, String> sources;
        try (Stream<Path> files = Files.walk(MAIN)) {
            sources = files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .collect(Collectors.toMap(DocsTest::className, DocsTest::text));
        }
        List<MatchResult> methods = matches(METHOD, text(ARCHITECTURE)).toList();
        assertThat(methods)
                .hasSizeGreaterThan(10)
                .allSatisfy(method -> assertThat(sources.getOrDefault(method.group(1), ""))
                        .as("source of %s", method.group())
                        .contains(" " + method.group(2) + "("));
    }

    private static Stream<Path> pages() {
        try (Stream<Path> files = Files.walk(DOCS)) {
            return Stream.concat(
                    Stream.of(README),
                    files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> links(Path page) {
        return matches(LINK, prose(page))
                .map(link -> link.group(1))
                .filter(link -> !link.contains("://"))
                .toList();
    }

    private static boolean hasTarget(Path page, String link) {
        Path target = target(page, link);
        int anchor = link.indexOf('#');
        if (!Files.exists(target)) {
            return false;
        }
        return anchor < 0
                || matches(HEADING, prose(target))
                        .map(heading -> anchor(heading.group(1)))
                        .anyMatch(link.substring(anchor + 1)::equals);
    }

    private static Path target(Path page, String link) {
        String path = link.replaceFirst("#.*", "");
        return path.isEmpty() ? page : page.resolveSibling(path).normalize();
    }

    /** The anchor that GitHub generates for a heading. */
    private static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    private static String className(Path source) {
        return source.getFileName().toString().replaceFirst("\\.java$", "");
    }

    private static String prose(Path page) {
        return CODE_BLOCK.matcher(text(page)).replaceAll("");
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

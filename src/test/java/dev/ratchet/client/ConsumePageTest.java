package dev.ratchet.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/consume.md} shows the programs that the tests run, as they are. */
class ConsumePageTest {
    private static final Path PAGE = Path.of("docs/consume.md");

    /** A comment that names a source, and the block of code after it. */
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- (src/\\S+) -->\n```(\\w+)\n(.*?)```\n", Pattern.DOTALL);

    private static final Pattern VERSION = Pattern.compile("<version>(.+?)</version>");

    @Test
    void pageShowsSourcesOfExamples() throws IOException {
        String page = Files.readString(PAGE);
        Golden.check(
                PAGE,
                EXAMPLE.matcher(page)
                        .replaceAll(example -> Matcher.quoteReplacement("<!-- %1$s -->\n```%2$s\n%3$s```\n"
                                .formatted(example.group(1), example.group(2), source(example.group(1))))));
        assertThat(EXAMPLE.matcher(page).results().map(example -> example.group(1)))
                .containsExactlyInAnyOrderElementsOf(List.of(
                        "src/test/java/com/example/ChangelogConsumer.java",
                        "src/test/java/com/example/TaskEventProducer.java",
                        "src/test/java/com/example/TaskStatusTopology.java",
                        "src/test/python/consume.py"));
    }

    @Test
    void pageNamesVersionOfClient() throws IOException {
        assertThat(version(PAGE)).isEqualTo(version(Path.of("pom.xml")));
    }

    /** The first in the file. */
    private static String version(Path file) throws IOException {
        Matcher version = VERSION.matcher(Files.readString(file));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    private static String source(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.ratchet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is in {@code schemas/} against every version that was ever released, at the level of its topic. A released version
 * is a folder {@code v1}, {@code v2} … and is never changed.
 */
class EarlierVersionsTest {
    private static final Path NOW = Path.of("schemas");
    private static final Path RELEASED = Path.of("src", "test", "resources", "schemas");
    private static final List<String> SHARED = List.of("TaskStatus.avsc", "TaskSource.avsc", "TaskStatusEvent.avsc");

    static List<SchemaPlan.Spec> specs() {
        return SchemaPlan.of(Settings.load(
                        Optional.empty(), Map.of(), Map.of("ratchet.conductor.url", "http://localhost/api")))
                .schemas();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void eachSchemaIsCompatibleWithEarlierVersions(SchemaPlan.Spec spec) throws IOException {
        List<Schema> earlier = new ArrayList<>();
        for (Path version : released()) {
            if (Files.exists(version.resolve(file(spec)))) {
                earlier.add(schema(version, spec));
            }
        }

        assertThat(spec.level().conflict(schema(NOW, spec), earlier))
                .as(
                        "%s must be %s to its %d released versions in %s: give what is new a default, and take back the rest",
                        file(spec), spec.level(), earlier.size(), RELEASED)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("specs")
    void newestReleasedVersionIsInUse(SchemaPlan.Spec spec) throws IOException {
        List<Path> released = released();
        assertThat(schema(NOW, spec))
                .as(
                        "%s is not the version of it in the newest folder of %s: once it is as it shall be released, run"
                                + " mkdir %3$s && cp schemas/*.avsc %3$s and commit it; leave the earlier folders as they are",
                        file(spec), RELEASED, RELEASED.resolve("v" + (released.size() + 1)))
                .isEqualTo(schema(released.get(released.size() - 1), spec));
    }

    @Test
    void eachRecordHasTopicAndLevel() throws IOException {
        try (Stream<Path> files = Files.list(NOW)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            specs().stream().map(EarlierVersionsTest::file).toList());
        }
    }

    /** Oldest first. */
    private static List<Path> released() throws IOException {
        List<Path> versions = new ArrayList<>();
        for (int version = 1; Files.isDirectory(RELEASED.resolve("v" + version)); version++) {
            versions.add(RELEASED.resolve("v" + version));
        }
        return versions;
    }

    private static String file(SchemaPlan.Spec spec) {
        return spec.subject().schema().getName() + ".avsc";
    }

    /** Up to v5, the types that several records use have files of their own. */
    private static Schema schema(Path folder, SchemaPlan.Spec spec) throws IOException {
        Schema.Parser parser = new Schema.Parser();
        boolean isSplit = Files.exists(folder.resolve("TaskStatus.avsc"));
        for (String shared : isSplit ? SHARED : List.<String>of()) {
            Schema schema = parser.parse(Files.readString(folder.resolve(shared)));
            if (shared.equals(file(spec))) {
                return schema;
            }
        }
        return parser.parse(Files.readString(folder.resolve(file(spec))));
    }
}

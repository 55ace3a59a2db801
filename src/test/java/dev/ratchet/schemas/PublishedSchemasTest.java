package dev.ratchet.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Golden;
import dev.ratchet.avro.AvroSerdes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code schemas/} is for other programs: written from {@code src/main/avro}, and each file is complete. */
class PublishedSchemasTest {
    private static final Path PUBLISHED = Path.of("schemas");

    static List<Path> published() throws IOException {
        try (Stream<Path> files = Files.list(PUBLISHED)) {
            return files.sorted().toList();
        }
    }

    @Test
    void publishedSchemasAreWrittenFromSources() throws IOException {
        Map<String, String> expected = PublishedSchema.all(Path.of("src/main/avro"));

        expected.forEach((name, text) -> Golden.check(PUBLISHED.resolve(name), text));

        assertThat(published().stream().map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrderElementsOf(expected.keySet());
    }

    /** A registry knows a schema by its text, and another one would get another id. */
    @ParameterizedTest
    @MethodSource("published")
    void eachFileParsesAloneAndIsWhatIsRegistered(Path file) throws Exception {
        Schema schema = new Schema.Parser().parse(Files.readString(file));
        Class<? extends SpecificRecord> type =
                Class.forName(schema.getFullName()).asSubclass(SpecificRecord.class);
        Schema registered = AvroSerdes.subject(Map.of(), "topic", type).schema();

        assertThat(file).hasFileName(schema.getName() + ".avsc");
        assertThat(schema.toString()).isEqualTo(registered.toString());
        assertThat(SchemaNormalization.parsingFingerprint64(schema))
                .isEqualTo(SchemaNormalization.parsingFingerprint64(registered));
    }
}

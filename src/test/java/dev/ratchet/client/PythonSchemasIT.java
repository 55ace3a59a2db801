package dev.ratchet.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Avro's library for Python reads each file of {@code schemas/} by itself. */
@Timeout(120)
class PythonSchemasIT {
    private static final String PARSE =
            "import avro.schema, sys; print(avro.schema.parse(open(sys.argv[1]).read()).fullname)";

    static List<Path> schemas() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("schemas"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void schemaParsesAlone(Path schema) throws Exception {
        Process process = new ProcessBuilder(Python.required("avro"), "-c", PARSE, schema.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            String name = schema.getFileName().toString().replace(".avsc", "");
            assertThat(printed.strip()).isEqualTo("dev.ratchet.v1." + name);
        } finally {
            process.destroyForcibly();
        }
    }
}

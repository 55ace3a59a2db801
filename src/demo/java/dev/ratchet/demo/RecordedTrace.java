package dev.ratchet.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.debezium.DebeziumReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A recording of Conductor's {@code task} table, as Debezium wrote it.
 *
 * @param name for people
 * @param lines its records, in order
 */
record RecordedTrace(String name, List<Line> lines) {
    private static final String BUILT_IN = "/traces/race_176.cdc.jsonl";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One record.
     *
     * @param value as it goes to the topic
     * @param reading its content
     */
    record Line(String value, Reading reading) {

        /** Its task; empty if it cannot be read. */
        Optional<String> taskId() {
            if (reading instanceof Reading.Event event) {
                return Optional.of(event.event().task().taskId());
            }
            return reading instanceof Reading.Deleted deleted ? Optional.of(deleted.taskId()) : Optional.empty();
        }
    }

    /** The recording of conductor-oss/conductor#176 in the demo jar. */
    static RecordedTrace builtIn() throws IOException {
        try (InputStream in = Objects.requireNonNull(RecordedTrace.class.getResourceAsStream(BUILT_IN), BUILT_IN)) {
            return of("conductor-oss/conductor#176, recorded on a real Conductor", in);
        }
    }

    static RecordedTrace read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(file.toString(), in);
        }
    }

    private static RecordedTrace of(String name, InputStream in) throws IOException {
        DebeziumReader reader = new DebeziumReader(0);
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        return new RecordedTrace(
                name,
                lines.lines()
                        .filter(line -> !line.isBlank())
                        .map(RecordedTrace::unwrapped)
                        .map(value -> new Line(value, reader.read(value.getBytes(StandardCharsets.UTF_8))))
                        .toList());
    }

    /** A line is the record's value, or topic, key and value. A broken line stays as it is, and is dead-lettered. */
    private static String unwrapped(String line) {
        try {
            JsonNode record = JSON.readTree(line);
            return record.has("value") && record.has("key")
                    ? record.get("value").toString()
                    : line;
        } catch (JsonProcessingException broken) {
            return line;
        }
    }
}

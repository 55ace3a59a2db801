package dev.ratchet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Recordings of a real Conductor and their expected results, on the class path. */
public final class Recordings {
    public static final List<String> NAMES = List.of(
            "auto_retry",
            "fork_rerun_join",
            "fork_retry_loop",
            "heartbeat",
            "optional_fails",
            "race_176",
            "race_176_repaired",
            "rerun_from_completed",
            "retry_failed",
            "stress_1",
            "sub_workflow_retry");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One record of the CDC topic, its key reduced to the task id. */
    public record Recorded(String key, String json) {
        public byte[] value() {
            return json.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Expected state of a task at the end. */
    public record Expected(
            String taskId,
            String referenceTaskName,
            String taskType,
            String status,
            int epoch,
            long revision,
            String heard,
            boolean diverged,
            int lostUpdates) {}

    private Recordings() {}

    /** Recordings that contain Conductor's webhook notifications too. */
    public static List<String> withWebhook() {
        return NAMES.stream()
                .filter(name -> Files.exists(file(name + ".webhook")))
                .toList();
    }

    /**
     * A recording's file; not available in the packaged program.
     *
     * @param name e.g. {@code race_176.cdc} or {@code expected/race_176.final}
     */
    public static Path file(String name) {
        return path("/traces/" + name + ".jsonl");
    }

    /** A file of the class path, e.g. {@code /stories/reruns.jsonl}; not available in the packaged program. */
    public static Path path(String resource) {
        URL found = Recordings.class.getResource(resource);
        try {
            return Path.of(found == null ? URI.create("file:///no/recording" + resource) : found.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(resource, e);
        }
    }

    /** A recording's lines as bytes, without their line ends. */
    public static List<byte[]> lines(String name) {
        try (InputStream in = Recordings.class.getResourceAsStream("/traces/" + name + ".jsonl")) {
            String text = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("\n"))
                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The records of a CDC recording, in order. */
    public static List<Recorded> cdc(String name) {
        List<Recorded> records = new ArrayList<>();
        for (byte[] line : lines(name + ".cdc")) {
            JsonNode record = parse(line);
            records.add(new Recorded(
                    record.get("key").get("task_id").asText(),
                    record.get("value").toString()));
        }
        return records;
    }

    /** Its expected results, in no particular order. */
    public static List<Expected> expected(String name) {
        return lines("expected/" + name + ".final").stream()
                .map(line -> JSON.convertValue(parse(line), Expected.class))
                .toList();
    }

    private static JsonNode parse(byte[] line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

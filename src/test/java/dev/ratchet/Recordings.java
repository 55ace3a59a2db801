package dev.ratchet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Recordings of a real Conductor, and what must come out of them ({@code src/test/resources/traces/README.md}). */
public final class Recordings {
    public static final List<String> NAMES = List.of(
            "auto_retry",
            "heartbeat",
            "optional_fails",
            "race_176",
            "race_176_repaired",
            "rerun_from_completed",
            "retry_failed",
            "stress_1",
            "sub_workflow_retry");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One record as it lay on the CDC topic, its key reduced to the task id. */
    public record Recorded(String key, String json) {
        public byte[] value() {
            return json.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** How a task must stand at the end. */
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

    /** The records of a CDC recording, in order. */
    public static List<Recorded> cdc(String name) {
        List<Recorded> records = new ArrayList<>();
        for (String line : lines(name + ".cdc.jsonl")) {
            JsonNode record = parse(line);
            records.add(new Recorded(
                    record.get("key").get("task_id").asText(),
                    record.get("value").toString()));
        }
        return records;
    }

    /** What must come out of it, in no particular order. */
    public static List<Expected> expected(String name) {
        return lines("expected/" + name + ".final.jsonl").stream()
                .map(line -> JSON.convertValue(parse(line), Expected.class))
                .toList();
    }

    /** The lines of a file of the recordings. */
    public static List<String> lines(String file) {
        try (InputStream in = Recordings.class.getResourceAsStream("/traces/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("Expected a recording /traces/" + file + ", but there is none");
            }
            return List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

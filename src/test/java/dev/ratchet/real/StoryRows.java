package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.ConductorRace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The rows that a story wrote, as Debezium captured them, in the order of the database's log. */
final class StoryRows {
    /** @param line its JSON, as it was captured */
    private record Change(String line, long lsn) {}

    private final List<Change> changes = new ArrayList<>();
    private final Map<String, JsonNode> last = new LinkedHashMap<>();

    private final Map<String, String> races = new LinkedHashMap<>();

    private StoryRows() {}

    /** {@return by the correlation id of each execution; tasks that have none are not of a story} */
    static Map<String, StoryRows> byCorrelationId(List<ConsumerRecord<String, byte[]>> captured) {
        Map<String, StoryRows> stories = new HashMap<>();
        Map<String, StoryRows> tasks = new HashMap<>();
        try {
            for (ConsumerRecord<String, byte[]> record : captured) {
                // A tombstone repeats the deletion before it.
                if (record.value() != null) {
                    JsonNode change = Rest.JSON.readTree(record.value());
                    Optional<JsonNode> row = row(change);
                    row.flatMap(task -> Optional.ofNullable(task.get("correlationId")))
                            .map(id -> stories.computeIfAbsent(id.asText(), none -> new StoryRows()))
                            .ifPresent(story -> tasks.put(record.key(), story));
                    // A deletion carries the task's id only.
                    if (tasks.containsKey(record.key())) {
                        tasks.get(record.key()).add(record, change, row);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        stories.values().forEach(story -> story.changes.sort(Comparator.comparingLong(Change::lsn)));
        return stories;
    }

    private static Optional<JsonNode> row(JsonNode change) throws IOException {
        JsonNode data = change.path("after").path("json_data");
        return data.isMissingNode() ? Optional.empty() : Optional.of(Rest.JSON.readTree(data.asText()));
    }

    private void add(ConsumerRecord<String, byte[]> record, JsonNode change, Optional<JsonNode> row) {
        changes.add(new Change(
                new String(record.value(), StandardCharsets.UTF_8),
                change.get("source").get("lsn").asLong()));
        row.ifPresent(after -> Optional.ofNullable(last.put(record.key(), after))
                .flatMap(before -> ConductorRace.between(before, after))
                .ifPresent(race -> races.put(record.key(), race)));
    }

    /** {@return by task id, its last row; of a task that was deleted, the last before} */
    Map<String, JsonNode> last() {
        return Map.copyOf(last);
    }

    /** {@return by task id, how Conductor got in its own way, so that the story is not the one that was meant} */
    Map<String, String> races() {
        return Map.copyOf(races);
    }

    /** {@return the executions that they belong to} */
    Set<String> workflowIds() {
        return last.values().stream()
                .map(row -> row.get("workflowInstanceId").asText())
                .collect(Collectors.toSet());
    }

    /** One change a line, as {@code bin/ratchet replay --format debezium} reads it. */
    void write(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        Files.write(
                folder.resolve(name + ".jsonl"),
                changes.stream().map(Change::line).toList());
    }
}

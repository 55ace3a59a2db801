package dev.ratchet.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.guard.GuardedTable.Write;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.debezium.DebeziumReader;
import dev.ratchet.task.StatusEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The updates of one recording of a real Conductor, in order, each with the previous row. */
final class RecordedWrites {
    /** One update, and whether the rule rejects it as a lost update. */
    record Recorded(String taskId, String workflowId, Write write, boolean isLost) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> rows = new HashMap<>();
    private final Map<String, RuleVerdicts> rule = new HashMap<>();
    private final List<Recorded> writes = new ArrayList<>();

    private RecordedWrites() {}

    static List<Recorded> of(Path file) throws IOException {
        RecordedWrites recorded = new RecordedWrites();
        for (String line : Files.readAllLines(file)) {
            recorded.read(line);
        }
        return recorded.writes;
    }

    private void read(String line) throws IOException {
        Reading reading = new DebeziumReader(0).read(line.getBytes(StandardCharsets.UTF_8));
        if (reading instanceof Reading.Event read) {
            JsonNode record = JSON.readTree(line);
            add(read.event(), record.path("value").isMissingNode() ? record : record.get("value"));
        } else if (reading instanceof Reading.Deleted deleted) {
            rows.remove(deleted.taskId());
        } else if (!(reading instanceof Reading.Nothing)) {
            throw new AssertionError(reading);
        }
    }

    private void add(StatusEvent event, JsonNode change) {
        String taskId = event.task().taskId();
        String after = change.get("after").get("json_data").asText();
        boolean isLost =
                rule.computeIfAbsent(taskId, task -> new RuleVerdicts()).isLost(event);
        String before = rows.put(taskId, after);
        if (before != null) {
            writes.add(new Recorded(taskId, event.task().workflowId(), new Write(before, after), isLost));
        }
    }
}

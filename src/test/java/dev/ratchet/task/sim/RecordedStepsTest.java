package dev.ratchet.task.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulator's writers are Conductor's: each row that a real Conductor wrote is what one of them writes, having read one
 * of the rows before.
 */
class RecordedStepsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** System tasks that the simulator has no type for. */
    private static final Set<String> OTHERS =
            Set.of("EVENT", "EXCLUSIVE_JOIN", "FORK", "INLINE", "SET_VARIABLE", "SWITCH", "TERMINATE");

    private static final long NOW = 1;

    /** How many rows a writer may be behind. */
    private static final int OVERLAPPING = 6;

    static Stream<Path> recordings() throws IOException {
        try (Stream<Path> traces = Files.list(Path.of("src/test/resources/traces"));
                Stream<Path> stories = Files.list(Path.of("src/test/resources/stories"))) {
            return Stream.concat(traces.filter(file -> file.toString().endsWith(".cdc.jsonl")), stories)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void recordedRowsMatchWriters(Path recording) throws IOException {
        Map<String, List<JsonNode>> tasks = tasks(recording);
        assertThat(tasks).isNotEmpty();
        tasks.forEach((id, rows) -> explain(id, rows));
    }

    private static void explain(String id, List<JsonNode> rows) {
        Optional<TaskKind> known = kind(rows.get(0).get("taskType").asText());
        if (known.isEmpty()) {
            return;
        }
        List<Row> read = new ArrayList<>();
        for (JsonNode json : rows) {
            Row row = row(json);
            assertThat(read.isEmpty()
                            || read.stream().limit(OVERLAPPING).anyMatch(before -> isWritten(known.get(), before, row)))
                    .as("%s %s: %s after %s", known.get(), id, row, read)
                    .isTrue();
            read.add(0, row);
        }
    }

    private static boolean isWritten(TaskKind kind, Row before, Row after) {
        Row seen = atNow(after, before);
        return Samples.writersOf(kind).stream()
                .anyMatch(writer -> Samples.of(kind, before).stream()
                        .filter(read -> writer.hasToDoWith(read))
                        .anyMatch(read -> writes(writer, read, seen)));
    }

    private static boolean writes(Writer writer, WriterView read, Row after) {
        return Stream.iterate(0, seed -> seed + 1)
                .limit(30)
                .anyMatch(seed -> writer.change(read, NOW, new Random(seed)).equals(after));
    }

    /** With each time that the row before does not have replaced by the time of the sample write. */
    private static Row atNow(Row after, Row before) {
        return after.key(new EpochKey(
                        time(after.key().scheduledTime(), before.key().scheduledTime()),
                        after.key().retryCount()))
                .startTime(time(after.startTime(), before.startTime()))
                .endTime(time(after.endTime(), before.endTime()));
    }

    private static long time(long after, long before) {
        return after == before || after == 0 ? after : NOW;
    }

    private static Optional<TaskKind> kind(String taskType) {
        return OTHERS.contains(taskType)
                ? Optional.empty()
                : Optional.of(Stream.of(TaskKind.values())
                        .filter(kind -> kind.taskType().equals(taskType))
                        .findFirst()
                        .orElse(TaskKind.SIMPLE));
    }

    private static Row row(JsonNode json) {
        return new Row(
                TaskStatus.valueOf(json.get("status").asText()),
                new EpochKey(
                        json.get("scheduledTime").asLong(),
                        json.get("retryCount").asInt()),
                json.get("startTime").asLong(),
                json.get("endTime").asLong(),
                json.get("pollCount").asInt(),
                json.get("executed").asBoolean(),
                json.get("subworkflowChanged").asBoolean(),
                json.get("retried").asBoolean());
    }

    private static Map<String, List<JsonNode>> tasks(Path recording) throws IOException {
        Map<String, List<JsonNode>> tasks = new LinkedHashMap<>();
        for (String line : Files.readAllLines(recording)) {
            JsonNode value = JSON.readTree(line);
            value = value.has("value") ? value.get("value") : value;
            JsonNode after = value.path("after");
            if (!after.isMissingNode() && !after.isNull()) {
                tasks.computeIfAbsent(after.get("task_id").asText(), id -> new ArrayList<>())
                        .add(JSON.readTree(after.get("json_data").asText()));
            }
        }
        return tasks;
    }
}

package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.ConductorRace;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.debezium.DebeziumReader;
import dev.ratchet.task.Alert;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What people do on purpose, recorded: when all is read, each task's current status is the one that its row holds
 * (promise 7), no update was taken for lost, and no alert was opened.
 */
class StoriesTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "stories");

    @TestFactory
    Stream<DynamicTest> everyTaskEndsAsItsRow() throws IOException {
        return forEach(file -> {
            Map<String, String> held = new HashMap<>();
            rows(file)
                    .forEach(row -> held.put(
                            row.get("taskId").asText(), row.get("status").asText()));
            List<JsonNode> ends = CommandResult.ratchet("replay", "--format", "debezium", "--final", file.toString())
                    .thenExits(0)
                    .lines();
            assertThat(ends).as(file.toString()).hasSameSizeAs(held.keySet()).allSatisfy(end -> {
                assertThat(end.get("status").asText())
                        .isEqualTo(held.get(end.get("taskId").asText()));
                assertThat(end.get("diverged").asBoolean()).isFalse();
                assertThat(end.get("lostUpdates").asInt()).isZero();
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> nobodyIsAlerted() throws IOException {
        return forEach(file -> assertThat(alerts(file)).as(file.toString()).isEmpty());
    }

    /** Or it would have no place here: what Ratchet has to say of it would be right. */
    @TestFactory
    Stream<DynamicTest> nothingIsLost() throws IOException {
        return forEach(file -> {
            Map<String, JsonNode> last = new HashMap<>();
            for (JsonNode row : rows(file)) {
                JsonNode before = last.put(row.get("taskId").asText(), row);
                if (before != null) {
                    assertThat(ConductorRace.between(before, row)).isEmpty();
                }
            }
            assertThat(last).isNotEmpty();
        });
    }

    private interface Check {
        void of(Path file) throws IOException;
    }

    private static Stream<DynamicTest> forEach(Check check) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> stories = files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
            assertThat(stories).isNotEmpty();
            return stories.stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check.of(file)));
        }
    }

    /** Read here without Ratchet's own reader, which is what is judged by them. Deletions have none. */
    private static List<JsonNode> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> CommandResult.json(line).path("after").path("json_data"))
                .filter(JsonNode::isTextual)
                .map(row -> CommandResult.json(row.asText()))
                .toList();
    }

    private static List<String> alerts(Path file) throws IOException {
        DebeziumReader reader = new DebeziumReader(0);
        Map<String, TaskState> states = new HashMap<>();
        List<String> alerts = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Reading reading = reader.read(line.getBytes(StandardCharsets.UTF_8));
            String taskId;
            TaskState after;
            if (reading instanceof Reading.Event read) {
                StatusEvent event = read.event();
                taskId = event.task().taskId();
                TaskState before = states.get(taskId);
                after = (before == null ? StatusReducer.reduceFirst(event) : StatusReducer.reduce(before, event))
                        .state();
            } else if (reading instanceof Reading.Deleted deleted) {
                taskId = deleted.taskId();
                after = StatusReducer.reduceDeletion(states.get(taskId), EventSource.CDC, deleted.sequence());
            } else {
                throw new AssertionError("Expected a change of a row, but got " + reading);
            }
            Alert.between(Optional.ofNullable(states.put(taskId, after)), after)
                    .forEach(alert -> alerts.add(alert.kind() + " " + alert.message()));
        }
        return alerts;
    }
}

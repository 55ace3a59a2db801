package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.Golden;
import dev.ratchet.Recordings;
import dev.ratchet.ingest.debezium.DebeziumReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real Conductor did, folded: each recording must end as an independent implementation of the rule says. */
class ReplayRecordingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<String> recordings() {
        return Recordings.NAMES.stream();
    }

    static Stream<String> shortRecordings() {
        return recordings().filter(name -> Recordings.lines(name + ".cdc").size() < 40);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void recordingsEndInExpectedStates(String name) {
        String file = Recordings.file(name + ".cdc").toString();
        CommandResult replay = CommandResult.ratchet("replay", "--format", "debezium", "--final", file)
                .thenExits(0);
        assertThat(replay.lines()).containsExactlyInAnyOrderElementsOf(expected(name));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void redeliveredRecordingEndsInSameStates(String name) throws IOException {
        List<byte[]> lines = Recordings.lines(name + ".cdc");
        assertThat(end(lines, lines)).isEqualTo(end(lines));
    }

    @ParameterizedTest
    @MethodSource("shortRecordings")
    void connectorRestartAtAnyPositionChangesNothing(String name) throws IOException {
        List<byte[]> lines = Recordings.lines(name + ".cdc");
        List<JsonNode> end = end(lines);
        for (int stop = 1; stop <= lines.size(); stop++) {
            for (int start = 0; start < stop; start++) {
                assertThat(end(lines.subList(0, stop), lines.subList(start, lines.size())))
                        .as("stopped before line %d, started again at line %d", stop + 1, start + 1)
                        .isEqualTo(end);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"race_176", "race_176_repaired", "stress_1"})
    void repeatedConnectorRestartsChangeNothing(String name) throws IOException {
        List<byte[]> lines = Recordings.lines(name + ".cdc");
        List<JsonNode> end = end(lines);
        Random random = new Random(176);
        for (int round = 0; round < 20; round++) {
            Replay replay = new Replay(new DebeziumReader(0));
            int start = 0;
            for (int restarts = 0; restarts < 5; restarts++) {
                int stop = start + random.nextInt(lines.size() - start);
                lines.subList(start, stop).forEach(replay::fold);
                start = random.nextInt(stop + 1);
            }
            lines.subList(start, lines.size()).forEach(replay::fold);
            assertThat(end(replay)).as("round %d", round).isEqualTo(end);
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void envelopeFormDoesNotChangeResult(String name) throws IOException {
        List<byte[]> lines = Recordings.lines(name + ".cdc");
        List<JsonNode> end = end(lines);
        assertThat(end(rewritten(lines, line -> line.get("value")))).isEqualTo(end);
        assertThat(end(rewritten(lines, line -> withSchema(line.get("value"))))).isEqualTo(end);
        assertThat(end(rewritten(lines, line -> JSON.createObjectNode().set("value", withSchema(line.get("value"))))))
                .isEqualTo(end);
    }

    @Test
    void raceRecordingYieldsExpectedLines() {
        Golden.check(
                Path.of("src/test/resources/traces/expected/race_176.lines.jsonl"),
                CommandResult.ratchet(
                                "replay",
                                "--format",
                                "debezium",
                                Recordings.file("race_176.cdc").toString())
                        .thenExits(0)
                        .out());
    }

    static Stream<String> notifications() {
        return Recordings.withWebhook().stream();
    }

    @ParameterizedTest
    @MethodSource("notifications")
    void recordedNotificationsAreReadable(String name) {
        CommandResult replay = CommandResult.ratchet(
                        "replay",
                        "--format",
                        "webhook",
                        Recordings.file(name + ".webhook").toString())
                .thenExits(0);
        assertThat(replay.lines())
                .hasSameSizeAs(Recordings.lines(name + ".webhook"))
                .extracting(line -> line.get("outcome").asText())
                .doesNotContain("undecodable");
        assertThat(replay.lines())
                .filteredOn(line -> line.get("outcome").asText().equals("ignored"))
                .extracting(line -> line.get("reason").asText())
                .containsOnly("notification of a workflow");
    }

    private static ObjectNode withSchema(JsonNode value) {
        ObjectNode message = JSON.createObjectNode();
        message.putObject("schema").put("type", "struct").putArray("fields").addObject();
        message.set("payload", value);
        return message;
    }

    private static List<byte[]> rewritten(List<byte[]> lines, UnaryOperator<JsonNode> change) {
        return lines.stream()
                .map(line -> change.apply(CommandResult.json(new String(line, StandardCharsets.UTF_8)))
                        .toString()
                        .getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static List<JsonNode> expected(String name) {
        return Recordings.lines("expected/" + name + ".final").stream()
                .map(line -> CommandResult.json(new String(line, StandardCharsets.UTF_8)))
                .toList();
    }

    private static List<JsonNode> end(List<byte[]> lines) throws IOException {
        return end(lines, List.of());
    }

    private static List<JsonNode> end(List<byte[]> lines, List<byte[]> more) throws IOException {
        Replay replay = new Replay(new DebeziumReader(0));
        lines.forEach(replay::fold);
        more.forEach(replay::fold);
        return end(replay);
    }

    private static List<JsonNode> end(Replay replay) {
        return List.copyOf(replay.tasks().toList());
    }
}

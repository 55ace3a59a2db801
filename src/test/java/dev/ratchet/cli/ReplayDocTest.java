package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.Recordings;
import dev.ratchet.repair.open.OpenRepair;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/replay.md} lists exactly the keys that are printed, in their order. */
class ReplayDocTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+) \\|");
    private static final Pattern KEY = Pattern.compile("`(\\w+)`");

    @Test
    void keysOfALineAreListed() throws IOException {
        assertThat(documented("## `ratchet replay`", "With `--final`")).isEqualTo(keys(replay()));
    }

    @Test
    void keysOfATaskAreListed() throws IOException {
        assertThat(documented("With `--final`", "## `ratchet repairs")).isEqualTo(keys(replay("--final")));
    }

    @Test
    void keysOfARepairAreListed() throws IOException {
        StatusEvent event = new StatusEvent(
                new TaskIdentity("t1", "w1", "loop", "HTTP", "ref"),
                TaskStatus.COMPLETED,
                0,
                1,
                1,
                EventSource.NATIVE,
                EpochEvidence.NONE);
        OpenRepair repair = new OpenRepair(StatusReducer.reduceFirst(event).state(), "");
        assertThat(documented("## `ratchet repairs", "\0"))
                .isEqualTo(keys(CommandResult.json(RepairsCommand.json(repair))));
    }

    private static JsonNode replay(String... more) throws IOException {
        byte[] recording = Files.readAllBytes(Recordings.file("heartbeat.cdc"));
        return CommandResult.replayOf("debezium", recording, more).lines().get(0);
    }

    private static List<String> keys(JsonNode line) {
        return line.properties().stream().map(java.util.Map.Entry::getKey).toList();
    }

    /** {@return the keys of the table between the two texts} */
    private static List<String> documented(String from, String to) throws IOException {
        String page = Files.readString(Path.of("docs/replay.md"));
        int end = page.indexOf(to);
        String section = page.substring(page.indexOf(from), end < 0 ? page.length() : end);
        return ROW.matcher(section)
                .results()
                .flatMap(row -> KEY.matcher(row.group(1)).results())
                .map(key -> key.group(1))
                .toList();
    }
}

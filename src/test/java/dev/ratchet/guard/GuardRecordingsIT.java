package dev.ratchet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.guard.RecordedWrites.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the guard's SQL on writes of a stock Conductor: it rejects lost terminal statuses and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardRecordingsIT {
    private static final Path RESOURCES = Path.of("src", "test", "resources");

    /** Number of lost updates by recording; all writes in other recordings are deliberate. */
    private static final Map<String, Integer> LOST_UPDATES =
            Map.of("race_176.cdc.jsonl", 5, "race_176_repaired.cdc.jsonl", 6, "stress_1.cdc.jsonl", 48);

    private GuardedTable table;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        table = GuardedTable.start(folder);
    }

    @AfterAll
    void stop() throws Exception {
        table.close();
    }

    static Stream<Path> recordings() throws IOException {
        return Stream.of(
                        files(RESOURCES.resolve("traces"), ".cdc.jsonl"),
                        files(RESOURCES.resolve("stories"), ".jsonl"),
                        List.of(Path.of("src", "demo", "resources", "traces", "race_176.cdc.jsonl")))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void rejectsOnlyLostTerminalStatuses(Path recording) throws Exception {
        List<Recorded> writes = RecordedWrites.of(recording);
        // Running workflows, so that deliberate writes are recognized from the rows alone.
        table.putWorkflows(
                writes.stream().map(Recorded::workflowId).collect(Collectors.toSet()),
                "{\"status\":\"RUNNING\",\"endTime\":0}");
        List<Recorded> refused = table
                .refused(writes.stream().map(Recorded::write).toList())
                .stream()
                .mapToObj(writes::get)
                .toList();
        assertThat(refused)
                .hasSize(LOST_UPDATES.getOrDefault(recording.getFileName().toString(), 0))
                .allMatch(Recorded::isLost);
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }
}

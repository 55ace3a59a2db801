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

/** The guard's own SQL against what a stock Conductor wrote: it refuses each fall from an end, and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardRecordingsIT {
    private static final Path RESOURCES = Path.of("src", "test", "resources");

    /** In which recordings ends were lost, and how often; in all others what was done was done on purpose. */
    private static final Map<String, Integer> FALLS =
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
    void refusesEachFallFromAnEndAndNothingElse(Path recording) throws Exception {
        List<Recorded> writes = RecordedWrites.of(recording);
        // So that the rows alone must tell what was done on purpose.
        table.putWorkflows(
                writes.stream().map(Recorded::workflowId).collect(Collectors.toSet()),
                "{\"status\":\"RUNNING\",\"endTime\":0}");
        List<Recorded> refused = table
                .refused(writes.stream().map(Recorded::write).toList())
                .stream()
                .mapToObj(writes::get)
                .toList();
        assertThat(refused)
                .hasSize(FALLS.getOrDefault(recording.getFileName().toString(), 0))
                .allMatch(Recorded::isLost);
    }

    private static List<Path> files(Path folder, String terminalReport) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(terminalReport))
                    .sorted()
                    .toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }
}

package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.Recordings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small inputs modelled on public bug reports, each about one task. */
class ReportsTest {

    @ParameterizedTest
    @CsvSource({
        "short_1, COMPLETED, 2, 4", // conductor-oss/conductor#1222: a DO_WHILE that a rerun put back
        "short_2, COMPLETED, 3, 5", // Netflix/conductor#3630: a JOIN retried in place twice, with a tick between
        "short_3, CANCELED, 1, 2", // conductor-oss/conductor#1425: a JOIN that ended FAILED, then CANCELED
        "short_6, COMPLETED, 1, 1", // DBZ-4329: a row of an incremental snapshot
        "short_7, COMPLETED, 1, 2", // DBZ-2288: a change below the position of the snapshot row before it
    })
    void recordingEndsAtStatusOfLastRecordWithoutRejections(String report, String status, int epoch, int revision) {
        JsonNode task = CommandResult.ratchet("replay", "--format", "debezium", "--final", file(report))
                .thenExits(0)
                .lines()
                .get(0);
        assertThat(task.get("status").asText()).isEqualTo(status);
        assertThat(task.get("heard").asText()).isEqualTo(status);
        assertThat(task.get("epoch").asInt()).isEqualTo(epoch);
        assertThat(task.get("revision").asInt()).isEqualTo(revision);
        assertThat(task.get("diverged").asBoolean()).isFalse();
        assertThat(task.get("lostUpdates").asInt()).isZero();
        assertThat(CommandResult.ratchet("replay", "--format", "debezium", file(report))
                        .thenExits(0)
                        .lines())
                .extracting(line -> line.get("outcome").asText())
                .isSubsetOf("accepted", "unchanged");
    }

    private static String file(String report) {
        return Recordings.path("/reports/" + report + ".jsonl").toString();
    }
}

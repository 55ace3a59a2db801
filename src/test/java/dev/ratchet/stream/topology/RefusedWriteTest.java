package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ratchet.Recordings;
import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusAlert;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guard in Conductor's database says, through the whole topology. */
class RefusedWriteTest {
    private static final String KEY = "ratchet.guard";
    private static final String CONTENT = """
            {"taskId":"t1","workflowInstanceId":"w1","workflowType":"upload","taskType":"HTTP","referenceTaskName":"put",
             "status":"COMPLETED","endTime":9,"refusedStatus":"SCHEDULED"}""";

    @TempDir
    Path state;

    @Test
    void anAlertIsOpenedAndResolvedUnderTheTasksIdAndNothingElseHappens() {
        try (Stage stage = new Stage(state, "ratchet.conductor.url", "http://localhost:9/api")) {
            stage.cdc(KEY, message(CONTENT));
            List<TestRecord<String, TaskStatusAlert>> alerts = stage.alerts.readRecordsToList();
            assertThat(alerts)
                    .extracting(TestRecord::key, alert -> alert.value().getState())
                    .containsExactly(tuple("t1", AlertState.OPENED), tuple("t1", AlertState.RESOLVED));
            TaskStatusAlert opened = alerts.get(0).value();
            assertThat(opened.getKind()).isEqualTo(AlertKind.STALE_WRITE_REFUSED);
            assertThat(opened.getMessage())
                    .isEqualTo("The guard in Conductor's database refused a stale write: SCHEDULED over COMPLETED.");
            assertThat(opened.getStandingStatus()).isEqualTo(TaskStatus.COMPLETED);
            assertThat(opened.getHeardSequence()).isEqualTo(77);
            assertThat(opened.getReferenceTaskName()).isEqualTo("put");
            assertThat(stage.changelog.isEmpty()).isTrue();
            assertThat(stage.rejections.isEmpty()).isTrue();
            assertThat(stage.commands.isEmpty()).isTrue();
            assertThat(stage.states().all().hasNext()).isFalse();
        }
    }

    @Test
    void itIsCountedAndComesUnderOneKeyOnWhicheverPartition() {
        SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", "mock://stage"));
        try (Stage stage = new Stage(state, registry, 1_000)) {
            stage.cdc(KEY, message(CONTENT));
            stage.cdc(KEY, message(CONTENT));
            assertThat(stage.buried()).isEmpty();
            assertThat(stage.counters.refusedWrites()).isEqualTo(2);
            assertThat(stage.counters.read()).isEqualTo(2);
        }
    }

    @Test
    void aBrokenOneIsADeadLetterAndAHeartbeatIsIgnored() {
        try (Stage stage = new Stage(state)) {
            stage.cdc(KEY, message("{}"));
            stage.cdc(
                    KEY, Stage.bytes("{\"op\":\"m\",\"message\":{\"prefix\":\"ratchet-heartbeat\",\"content\":\"\"}}"));
            Recordings.Recorded sound = Recordings.cdc("heartbeat").get(0);
            stage.cdc(sound.key(), sound.value());
            assertThat(stage.buried()).hasSize(1);
            assertThat(stage.alerts.isEmpty()).isTrue();
            assertThat(stage.counters.events(EventSource.CDC, OutcomeKind.IGNORED))
                    .isEqualTo(1);
            assertThat(stage.counters.deadLetters(DeadLetterCategory.MALFORMED)).isEqualTo(1);
            assertThat(stage.changelog.readValuesToList()).hasSize(1);
        }
    }

    private static byte[] message(String content) {
        return Stage.bytes(
                "{\"op\":\"m\",\"source\":{\"lsn\":77},\"message\":{\"prefix\":\"ratchet.guard\",\"content\":\""
                        + Base64.getEncoder().encodeToString(Stage.bytes(content)) + "\"}}");
    }
}

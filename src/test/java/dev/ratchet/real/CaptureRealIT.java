package dev.ratchet.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.config.RepairSettings;
import dev.ratchet.guard.PostgresServer;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.debezium.DebeziumReader;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka Connect with the configuration that is shipped, on the rows of a real Conductor. */
class CaptureRealIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final String WORKFLOW = "simple";

    @TempDir
    Path folder;

    @Test
    @SuppressWarnings("try") // it is enough that they run
    void shippedConfigurationCapturesEveryTaskAndCanRestart() throws Exception {
        try (TestEnvironment around = TestEnvironment.start(folder);
                Ratchet ratchet = new Ratchet(around);
                Observations seen = new Observations(ratchet.settings());
                CapturedTopic captured = new CapturedTopic(ratchet.settings());
                Workers workers = Workers.start(around.conductor(), 1, 1, "first", "second")) {
            ratchet.start(RepairSettings.Mode.OFF);
            Workflows workflows = new Workflows(around.conductor());
            workflows.registerTasks("first", "second");
            workflows.register(WORKFLOW, List.of(Workflows.simple("first"), Workflows.simple("second")));
            List<String> early = completed(workflows);

            // Its position is never noted: what it has delivered when it is killed is delivered again.
            List<String> live;
            try (Debezium debezium = around.capture(Map.of("offset.flush.interval.ms", "3600000"))) {
                await("the snapshot")
                        .atMost(TIMEOUT)
                        .until(() -> ops(captured, early.get(1)).contains("r"));
                live = completed(workflows);
                String last = live.get(1);
                await("the log").atMost(TIMEOUT).until(() -> isCompleted(seen, last));
                assertThat(ops(captured, live.get(0))).startsWith("c", "u").doesNotContain("r");
                debezium.kill();
            }
            keysAreTaskIdsAndValuesCanBeRead(captured);
            List<TaskStatusChange> before = List.copyOf(seen.outputs().changes);
            int delivered = captured.poll().size();

            try (Debezium debezium = around.capture(Map.of())) {
                List<String> later = completed(workflows);
                await("the log, from where it was left").atMost(TIMEOUT).until(() -> isCompleted(seen, later.get(1)));
                assertThat(captured.poll().subList(delivered, captured.poll().size()))
                        .as("delivered again")
                        .extracting(ConsumerRecord::key)
                        .containsAll(early)
                        .containsAll(live);
                List<String> known =
                        Stream.concat(early.stream(), live.stream()).toList();
                assertThat(seen.outputs().changes)
                        .filteredOn(change -> known.contains(change.getTaskId()))
                        .hasSize(before.size())
                        .isEqualTo(before);
                deletionsArrive(workflows, captured, later);
                heartbeatsMoveTheSlotOn(around.postgres());
            }
            keysAreTaskIdsAndValuesCanBeRead(captured);
            await("all to be read").atMost(TIMEOUT).until(ratchet::hasReadAll);
            assertThat(seen.outputs().deadLetters).isEmpty();
            assertThat(seen.outputs().rejections)
                    .filteredOn(rejection -> rejection.getLostUpdate())
                    .isEmpty();
            assertThat(seen.outputs().alerts).isEmpty();
        }
    }

    /** {@return the ids of the tasks of a workflow that has just been run} */
    private static List<String> completed(Workflows workflows) {
        String workflow = workflows.start(WORKFLOW);
        await("a workflow to end")
                .atMost(TIMEOUT)
                .until(() -> workflows.status(workflow).equals("COMPLETED"));
        return workflows.tasks(workflow).stream()
                .map(task -> task.get("taskId").asText())
                .toList();
    }

    private static boolean isCompleted(Observations seen, String task) {
        return seen.last(task)
                .filter(change -> change.getStatus() == TaskStatus.COMPLETED)
                .isPresent();
    }

    private static void keysAreTaskIdsAndValuesCanBeRead(CapturedTopic captured) {
        DebeziumReader reader = new DebeziumReader(0);
        assertThat(captured.poll()).isNotEmpty().allSatisfy(record -> {
            Reading reading = reader.read(record.value());
            if (reading instanceof Reading.Event event) {
                StatusEvent told = event.event();
                assertThat(record.key()).isEqualTo(told.task().taskId());
            } else if (reading instanceof Reading.Deleted deleted) {
                assertThat(record.key()).isEqualTo(deleted.taskId());
            } else {
                assertThat(record.value()).as(reading.toString()).isNull();
            }
        });
    }

    private static void deletionsArrive(Workflows workflows, CapturedTopic captured, List<String> tasks) {
        workflows.remove(workflows.workflowOf(tasks.get(0)));
        assertThat(tasks)
                .allSatisfy(task -> await("its deletion, and a tombstone")
                        .atMost(TIMEOUT)
                        .untilAsserted(() -> assertThat(ops(captured, task)).endsWith("d", "tombstone")));
    }

    /** Though no task changes any more, and Conductor goes on writing to its queues. */
    private static void heartbeatsMoveTheSlotOn(PostgresServer postgres) throws Exception {
        String now = postgres.ask("SELECT pg_current_wal_lsn()");
        await("the slot to move on")
                .atMost(TIMEOUT)
                .until(() -> postgres.ask("SELECT confirmed_flush_lsn > '" + now
                                + "'::pg_lsn FROM pg_replication_slots WHERE slot_name = 'ratchet'")
                        .equals("t"));
    }

    /** What has happened to a task's row, in order. */
    private static List<String> ops(CapturedTopic captured, String task) {
        return captured.poll().stream()
                .filter(record -> record.key().equals(task))
                .map(CaptureRealIT::op)
                .toList();
    }

    private static String op(ConsumerRecord<String, byte[]> record) {
        try {
            JsonNode value = record.value() == null ? null : Rest.JSON.readTree(record.value());
            return value == null ? "tombstone" : value.get("op").asText();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

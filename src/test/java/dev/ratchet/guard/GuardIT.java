package dev.ratchet.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which updates the guard rejects and accepts, and how a rejected update looks to its writer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardIT {
    private static final String ID = "b3a0bb05-022a-4e82-add1-b015f1fafde6";
    private static final TaskIdentity TASK = new TaskIdentity(ID, "w1", "übung", "HTTP", "upload__3");
    private static final TaskJson ENDED = TaskJson.of(event(TaskStatus.COMPLETED, 9_000, Flag.YES));
    private static final TaskJson STALE = TaskJson.of(event(TaskStatus.IN_PROGRESS, 0, Flag.NO));

    private static final String RUNNING = "{\"status\":\"RUNNING\",\"endTime\":0}";

    private GuardedTable table;
    private DatabaseLog log;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        table = GuardedTable.start(folder);
        log = DatabaseLog.of(table.postgres);
    }

    @AfterAll
    void stop() throws Exception {
        table.close();
    }

    @BeforeEach
    void end() throws Exception {
        table.putWorkflows(Set.of("w1"), RUNNING);
        table.put(ID, ENDED.toString());
        log.messages();
    }

    @Test
    void keepsRowAndLogsMessage() throws Exception {
        assertThat(table.update(ID, STALE.toString()))
                .isEqualTo(1); // Conductor would insert the row if no row was updated
        assertKept();
        JsonNode message = log.messages().get(0);
        assertThat(message.properties().stream()
                        .map(field -> field.getKey() + "=" + field.getValue().asText()))
                .containsExactlyInAnyOrder(
                        "taskId=" + ID,
                        "workflowInstanceId=w1",
                        "workflowType=übung",
                        "taskType=HTTP",
                        "referenceTaskName=upload__3",
                        "status=COMPLETED",
                        "endTime=9000",
                        "refusedStatus=IN_PROGRESS");
    }

    @Test
    void truncatesLongNames() throws Exception {
        table.put(ID, ENDED.with("workflowType", "n".repeat(1_000)).toString());
        table.update(ID, STALE.toString());
        assertThat(log.messages().get(0).get("workflowType").asText()).isEqualTo("n".repeat(255));
    }

    @Test
    void keepsRowOnInsert() throws Exception {
        int written = table.execute(
                "INSERT INTO task (json_data, task_id, modified_on) VALUES (?, ?, CURRENT_TIMESTAMP)"
                        + " ON CONFLICT (task_id) DO UPDATE SET json_data=excluded.json_data, modified_on=excluded.modified_on",
                STALE.toString(),
                ID);
        assertThat(written).isEqualTo(1);
        assertKept();
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETED, IN_PROGRESS",
        "COMPLETED_WITH_ERRORS, SCHEDULED",
        "FAILED, SCHEDULED",
        "FAILED_WITH_TERMINAL_ERROR, IN_PROGRESS",
        "TIMED_OUT, SCHEDULED",
        "CANCELED, IN_PROGRESS",
        "SKIPPED, SCHEDULED"
    })
    void keepsEveryTerminalStatus(String end, String open) throws Exception {
        assertRejected(ENDED.with("status", end), STALE.with("status", open));
    }

    /** Each value is a deliberate write, or may be one. */
    @ParameterizedTest
    @CsvSource({
        "endTime, 9000", // retried in place
        "startTime, 9500", // a sibling requeued by a rerun
        "scheduledTime, 9500", // rerun
        "retryCount, 1", // a canceled sibling scheduled again
        "scheduledTime, 0",
        "endTime, -1",
        "taskType, JOIN",
    })
    void acceptsWriteThatDiffersIn(String field, Object value) throws Exception {
        Object typed = field.equals("taskType") ? value : Long.valueOf(value.toString());
        assertAccepted(ENDED, STALE.with(field, typed));
    }

    @Test
    void acceptsWritesThatLoseNoTerminalStatusWithEndTime() throws Exception {
        assertAccepted(ENDED, ENDED.with("executed", false));
        assertAccepted(ENDED, ENDED.with("status", "FAILED").with("endTime", 0));
        assertAccepted(STALE, STALE.with("status", "SCHEDULED"));
        assertAccepted(STALE.with("endTime", 9_000), STALE);
        assertAccepted(STALE, ENDED);
        assertAccepted(ENDED.with("endTime", 0), STALE);
        assertAccepted(ENDED.with("scheduledTime", 0), STALE.with("scheduledTime", 0));
        assertAccepted(ENDED.with("status", "PAUSED"), STALE);
        assertAccepted(ENDED, STALE.with("status", "PAUSED"));
    }

    /** The first write of a rerun that read the task before its terminal status looks like a heartbeat. */
    @Test
    void acceptsScheduledIfWorkflowMayHaveBeenRerun() throws Exception {
        TaskJson scheduled = STALE.with("status", "SCHEDULED");
        for (String ended : List.of("COMPLETED", "FAILED", "TIMED_OUT", "TERMINATED")) {
            table.putWorkflows(Set.of("w1"), "{\"status\":\"" + ended + "\",\"endTime\":8000}");
            assertRejected(ENDED, scheduled);
        }
        for (String again : List.of("RUNNING", "PAUSED")) {
            table.putWorkflows(Set.of("w1"), "{\"status\":\"" + again + "\",\"endTime\":8000}");
            assertAccepted(ENDED, scheduled);
            assertRejected(ENDED, STALE);
        }
        for (String unknown : List.of("{\"status\":\"RUNNING\"}", "{}", "no JSON")) {
            table.putWorkflows(Set.of("w1"), unknown);
            assertAccepted(ENDED, scheduled);
        }
        table.putWorkflows(Set.of("w2"), RUNNING);
        assertAccepted(ENDED, scheduled);
        assertRejected(ENDED, STALE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUB_WORKFLOW", "sub_workflow"})
    void acceptsWritesToSubWorkflowTasks(String type) throws Exception {
        assertAccepted(ENDED.with("taskType", type), STALE.with("taskType", type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1]",
                "null",
                "no JSON",
                "{}",
                "{\"taskType\":\"HTTP\",\"status\":\"COMPLETED\"",
                "{\"taskType\":\"HTTP\",\"status\":\"IN_PROGRESS\",\"endTime\":\"soon\",\"retryCount\":99999999999}",
                "{\"taskType\":\"HTTP\",\"status\":\"COMPLETED\",\"outputData\":\"\\u0000\"}"
            })
    void acceptsUnreadableRows(String text) throws Exception {
        assertAccepted(ENDED.toString(), text);
        assertAccepted(text, STALE.toString());
    }

    @Test
    void acceptsRowsWithoutText() throws Exception {
        assertThatThrownBy(() -> table.update(ID, null))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("not-null constraint");
        table.postgres.run("ALTER TABLE task ALTER json_data DROP NOT NULL");
        table.update(ID, null);
        assertThat(table.json(ID)).isNull();
        table.update(ID, STALE.toString());
        assertThat(table.json(ID)).isEqualTo(STALE.toString());
        table.postgres.run("TRUNCATE task; ALTER TABLE task ALTER json_data SET NOT NULL");
    }

    @Test
    void acceptsOtherColumnsAndDeletions() throws Exception {
        table.postgres.run("UPDATE task SET modified_on = '2027-01-01'");
        assertThat(table.postgres.ask("SELECT modified_on FROM task")).startsWith("2027-01-01");
        table.postgres.run("DELETE FROM task");
        assertThat(table.update(ID, STALE.toString())).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {40_000, 8_000_000})
    void keepsLargeRowsAndLogsThemCompletely(int bytes) throws Exception {
        StringBuilder output = new StringBuilder();
        for (int i = 0; output.length() < bytes; i++) {
            output.append(Integer.toString(i * 31, 36)).append(' ');
        }
        TaskJson ended = ENDED.with("outputData", output);
        table.put(ID, ended.toString());
        log.next();
        assertThat(table.update(ID, STALE.toString())).isEqualTo(1);
        assertThat(table.json(ID)).isEqualTo(ended.toString());
        assertThat(log.next().largest()).isGreaterThan(bytes); // the whole row, not a placeholder for unchanged columns
    }

    /** A later version of Conductor may write fields in another order, and names may be long. */
    @Test
    void doesNotDependOnFieldOrder() throws Exception {
        String spaced = ENDED.toString().replace(",", " , ").replace(":", " : ");
        assertRejected(spaced, STALE.toString());
        assertRejected(ENDED.toString().replace("{", "{\"first\":\"IN_PROGRESS\","), STALE.toString());
        String name = "n".repeat(500);
        assertRejected(ENDED.with("taskType", name), STALE.with("taskType", name));
    }

    @Test
    void seesTerminalStatusOfConcurrentTransaction() throws Exception {
        table.put(ID, STALE.toString());
        try (Connection worker = table.postgres.connect()) {
            worker.setAutoCommit(false);
            String update = "UPDATE task SET json_data=?, modified_on=CURRENT_TIMESTAMP WHERE task_id=?";
            GuardedTable.execute(worker, update, ENDED.toString(), ID);
            CompletableFuture<Integer> late = CompletableFuture.supplyAsync(() -> {
                try {
                    return table.update(ID, STALE.toString());
                } catch (SQLException e) {
                    throw new CompletionException(e);
                }
            });
            Awaitility.await("the stale write to wait for the row")
                    .until(() -> table.postgres.ask("SELECT count(*) FROM pg_locks WHERE NOT granted"), "1"::equals);
            worker.commit();
            assertThat(late.get()).isEqualTo(1);
        }
        assertThat(table.json(ID)).isEqualTo(ENDED.toString());
        assertThat(log.messages()).hasSize(1);
    }

    @Test
    void rolledBackWriteLogsNothing() throws Exception {
        try (Connection conductor = table.postgres.connect()) {
            conductor.setAutoCommit(false);
            GuardedTable.execute(conductor, "UPDATE task SET json_data=? WHERE task_id=?", STALE.toString(), ID);
            conductor.rollback();
        }
        table.update(ID, ENDED.toString()); // a commit, so that the log can be read up to here
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void needsOnlyTablePrivileges() throws Exception {
        table.postgres.run(
                "CREATE ROLE conductor; GRANT SELECT, INSERT, UPDATE, DELETE ON task, workflow TO conductor");
        try (Connection conductor = table.postgres.connect()) {
            conductor.createStatement().execute("SET ROLE conductor");
            GuardedTable.execute(conductor, "UPDATE task SET json_data=? WHERE task_id=?", STALE.toString(), ID);
        }
        assertKept();
        assertThat(log.messages()).hasSize(1);
    }

    @Test
    void installAndRemoveAreIdempotent() throws Exception {
        table.install();
        assertRejected(ENDED, STALE);
        table.remove();
        table.remove();
        assertAccepted(ENDED, STALE);
        assertThat(table.postgres.ask("SELECT count(*) FROM pg_proc WHERE proname LIKE 'ratchet%'"))
                .isEqualTo("0");
        table.install();
        assertRejected(ENDED, STALE);
    }

    private void assertRejected(Object before, Object stale) throws Exception {
        table.put(ID, before.toString());
        log.messages();
        assertThat(table.update(ID, stale.toString())).isEqualTo(1);
        assertThat(table.json(ID)).isEqualTo(before.toString());
        assertThat(log.messages()).hasSize(1);
    }

    private void assertAccepted(Object before, Object after) throws Exception {
        table.put(ID, before.toString());
        assertThat(table.update(ID, after.toString())).isEqualTo(1);
        assertThat(table.json(ID)).isEqualTo(after.toString());
        assertThat(log.messages()).isEmpty();
    }

    private void assertKept() throws Exception {
        assertThat(table.json(ID)).isEqualTo(ENDED.toString());
        assertThat(table.postgres.ask("SELECT modified_on FROM task")).startsWith("2026-01-01");
    }

    private static StatusEvent event(TaskStatus status, long endTime, Flag executed) {
        return new StatusEvent(
                TASK,
                status,
                StatusEvent.NOT_STATED,
                1,
                1,
                EventSource.CDC,
                new EpochEvidence(new EpochKey(5_000, 0), 6_000, endTime, 1, executed, Flag.NO, 0, 0));
    }
}

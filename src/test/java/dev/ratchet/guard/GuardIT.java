package dev.ratchet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which updates the guard rejects, and how a rejected update looks to its writer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardIT extends GuardFixture {
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
}

package dev.ratchet.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which updates the guard accepts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardAcceptanceIT extends GuardFixture {
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
}

package dev.ratchet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A guarded table with one terminal row, shared by all classes that extend this one. */
@ExtendWith(SharedGuardedTable.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GuardFixture {
    static final String ID = "b3a0bb05-022a-4e82-add1-b015f1fafde6";
    static final TaskIdentity TASK = new TaskIdentity(ID, "w1", "übung", "HTTP", "upload__3");
    static final TaskJson ENDED = TaskJson.of(event(TaskStatus.COMPLETED, 9_000, Flag.YES));
    static final TaskJson STALE = TaskJson.of(event(TaskStatus.IN_PROGRESS, 0, Flag.NO));

    static final String RUNNING = "{\"status\":\"RUNNING\",\"endTime\":0}";

    GuardedTable table;
    DatabaseLog log;

    @BeforeAll
    void start(SharedGuardedTable.Server server) {
        table = server.table();
        log = server.log();
    }

    @BeforeEach
    void end() throws Exception {
        table.putWorkflows(Set.of("w1"), RUNNING);
        table.put(ID, ENDED.toString());
        log.messages();
    }

    void assertRejected(Object before, Object stale) throws Exception {
        table.put(ID, before.toString());
        log.messages();
        assertThat(table.update(ID, stale.toString())).isEqualTo(1);
        assertThat(table.json(ID)).isEqualTo(before.toString());
        assertThat(log.messages()).hasSize(1);
    }

    void assertAccepted(Object before, Object after) throws Exception {
        table.put(ID, before.toString());
        assertThat(table.update(ID, after.toString())).isEqualTo(1);
        assertThat(table.json(ID)).isEqualTo(after.toString());
        assertThat(log.messages()).isEmpty();
    }

    void assertKept() throws Exception {
        assertThat(table.json(ID)).isEqualTo(ENDED.toString());
        assertThat(table.postgres.ask("SELECT modified_on FROM task")).startsWith("2026-01-01");
    }

    static StatusEvent event(TaskStatus status, long endTime, Flag executed) {
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

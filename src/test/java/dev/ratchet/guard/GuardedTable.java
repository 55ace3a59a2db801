package dev.ratchet.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Conductor's {@code task} table on a PostgreSQL of its own, behind the guard as {@code config/guard} installs it. */
public final class GuardedTable implements AutoCloseable {
    private static final Path GUARD = Path.of("config", "guard");
    private static final int AT_ONCE = 20_000;

    /** One update of a row's {@code json_data}: from this, to that. */
    public record Write(String before, String after) {}

    final PostgresServer postgres;
    final Connection connection;

    private GuardedTable(PostgresServer postgres) throws SQLException {
        this.postgres = postgres;
        connection = postgres.connect();
    }

    /**
     * An empty table.
     *
     * @param folder where the database may lie
     */
    public static GuardedTable start(Path folder) throws IOException, SQLException {
        PostgresServer postgres = PostgresServer.start(folder);
        postgres.run("""
                CREATE TABLE task (
                    created_on TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
                    modified_on TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
                    task_id VARCHAR(255) NOT NULL PRIMARY KEY,
                    json_data TEXT NOT NULL);
                CREATE TABLE workflow (workflow_id VARCHAR(255) NOT NULL PRIMARY KEY, json_data TEXT NOT NULL)""");
        // A slot is read as far as the log is flushed, which the tests' PostgreSQL otherwise does later.
        postgres.run("ALTER DATABASE " + PostgresServer.DATABASE + " SET synchronous_commit = on");
        GuardedTable table = new GuardedTable(postgres);
        table.install();
        return table;
    }

    public void install() throws IOException, SQLException {
        postgres.run(read("postgresql.sql"));
    }

    /** The guard as it would be without this condition: wider. */
    public void installWithout(String condition) throws IOException, SQLException {
        assertThat(read("postgresql.sql")).contains(condition);
        postgres.run(read("postgresql.sql").replace(condition, ""));
    }

    void remove() throws IOException, SQLException {
        postgres.run(read("remove.sql"));
    }

    private static String read(String file) throws IOException {
        return Files.readString(GUARD.resolve(file));
    }

    /** Workflows, each with this as its row. */
    void putWorkflows(Collection<String> workflowIds, String json) throws SQLException {
        postgres.run("TRUNCATE workflow");
        for (String workflowId : workflowIds) {
            execute("INSERT INTO workflow (json_data, workflow_id) VALUES (?, ?)", json, workflowId);
        }
    }

    /** A row that was written before. */
    void put(String taskId, String json) throws SQLException {
        postgres.run("DELETE FROM task WHERE task_id = '" + taskId + "'");
        execute("INSERT INTO task (json_data, task_id, modified_on) VALUES (?, ?, '2026-01-01')", json, taskId);
    }

    /** What Conductor executes. {@return how many rows it is told were updated} */
    int update(String taskId, String json) throws SQLException {
        return execute("UPDATE task SET json_data=?, modified_on=CURRENT_TIMESTAMP WHERE task_id=?", json, taskId);
    }

    int execute(String sql, String json, String taskId) throws SQLException {
        return execute(connection, sql, json, taskId);
    }

    static int execute(Connection connection, String sql, String json, String taskId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, json);
            statement.setString(2, taskId);
            return statement.executeUpdate();
        }
    }

    String json(String taskId) throws SQLException {
        return postgres.ask("SELECT json_data FROM task WHERE task_id = '" + taskId + "'");
    }

    /** Which of these writes are refused, each done to a row of its own. All others must have been done as they came. */
    public BitSet refused(List<Write> writes) throws SQLException {
        BitSet refused = new BitSet(writes.size());
        for (int from = 0; from < writes.size(); from += AT_ONCE) {
            List<Write> some = writes.subList(from, Math.min(writes.size(), from + AT_ONCE));
            List<String> after = written(some);
            for (int i = 0; i < some.size(); i++) {
                Write write = some.get(i);
                boolean isKept =
                        after.get(i).equals(write.before()) && !write.before().equals(write.after());
                assertThat(after.get(i)).isEqualTo(isKept ? write.before() : write.after());
                refused.set(from + i, isKept);
            }
        }
        return refused;
    }

    private List<String> written(List<Write> writes) throws SQLException {
        postgres.run("TRUNCATE task");
        bulk(
                "INSERT INTO task (task_id, json_data) SELECT n, json FROM unnest(?) WITH ORDINALITY AS row (json, n)",
                writes,
                Write::before);
        int updated = bulk("""
                UPDATE task SET json_data = json, modified_on = CURRENT_TIMESTAMP
                  FROM unnest(?) WITH ORDINALITY AS row (json, n) WHERE task_id = n::text""", writes, Write::after);
        assertThat(updated).isEqualTo(writes.size());
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT array_agg(json_data ORDER BY task_id::int) FROM task");
                ResultSet result = select.executeQuery()) {
            result.next();
            return List.of((String[]) result.getArray(1).getArray());
        }
    }

    private int bulk(String sql, List<Write> writes, Function<Write, String> json) throws SQLException {
        Array rows = connection.createArrayOf("text", writes.stream().map(json).toArray(String[]::new));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, rows);
            return statement.executeUpdate();
        } finally {
            rows.free();
        }
    }

    @Override
    @SuppressWarnings("try") // to be closed last, whatever becomes of the connection
    public void close() throws IOException, SQLException {
        try (postgres) {
            connection.close();
        }
    }
}

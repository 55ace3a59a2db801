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

/** Conductor's {@code task} table in an own PostgreSQL, with the guard of {@code config/guard} installed. */
public final class GuardedTable implements AutoCloseable {
    private static final Path GUARD = Path.of("config", "guard");
    private static final int BATCH_SIZE = 20_000;

    /** One update of {@code json_data}. */
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
     * @param folder for the database files
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
        // A slot is readable up to the flushed position, and the test PostgreSQL otherwise flushes later.
        postgres.run("ALTER DATABASE " + PostgresServer.DATABASE + " SET synchronous_commit = on");
        GuardedTable table = new GuardedTable(postgres);
        table.install();
        return table;
    }

    public void install() throws IOException, SQLException {
        postgres.run(read("postgresql.sql"));
    }

    /** Installs the guard without this condition, so that it rejects more. */
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

    /** Replaces all workflows by these, each with the given row. */
    void putWorkflows(Collection<String> workflowIds, String json) throws SQLException {
        postgres.run("TRUNCATE workflow");
        for (String workflowId : workflowIds) {
            execute("INSERT INTO workflow (json_data, workflow_id) VALUES (?, ?)", json, workflowId);
        }
    }

    /** Inserts or replaces an existing row. */
    void put(String taskId, String json) throws SQLException {
        postgres.run("DELETE FROM task WHERE task_id = '" + taskId + "'");
        execute("INSERT INTO task (json_data, task_id, modified_on) VALUES (?, ?, '2026-01-01')", json, taskId);
    }

    /** Runs Conductor's update. {@return the number of updated rows that PostgreSQL reports} */
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

    /** Executes each write on its own row and returns the indexes of the rejected ones. Checks that all others took effect. */
    public BitSet refused(List<Write> writes) throws SQLException {
        BitSet refused = new BitSet(writes.size());
        for (int from = 0; from < writes.size(); from += BATCH_SIZE) {
            List<Write> some = writes.subList(from, Math.min(writes.size(), from + BATCH_SIZE));
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
    @SuppressWarnings("try") // closes it after the connection in any case
    public void close() throws IOException, SQLException {
        try (postgres) {
            connection.close();
        }
    }
}

package dev.ratchet.real;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL on a free port with an empty database for Conductor, its log readable logically. Runs as root too. */
final class PostgresServer implements AutoCloseable {
    static final String DATABASE = "conductor";

    private final EmbeddedPostgres postgres;

    private PostgresServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static PostgresServer start(Path folder) throws IOException, SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setServerConfig("wal_level", "logical")
                .setServerConfig("fsync", "off")
                .start();
        PostgresServer server = new PostgresServer(postgres);
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
            return server;
        } catch (SQLException e) {
            server.close();
            throw e;
        }
    }

    int port() {
        return postgres.getPort();
    }

    /** Runs statements in Conductor's database, as a superuser. */
    void run(String sql) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", DATABASE).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** {@return the first column of the first row, as text} */
    String ask(String sql) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", DATABASE).getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}

package dev.ratchet.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database's log, read through a replication slot with the plugin that Debezium uses. */
final class DatabaseLog {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SLOT = "guard";
    private static final byte LOGICAL_MESSAGE = 'M';
    private static final int FLAGS_AND_POSITION = 1 + 8;

    /**
     * Log content since the last read.
     *
     * @param messages messages of the guard
     * @param largest size of the largest change in bytes
     */
    record Part(List<JsonNode> messages, int largest) {}

    private final Connection connection;

    private DatabaseLog(Connection connection) {
        this.connection = connection;
    }

    /** Starts reading at the current position. */
    static DatabaseLog of(PostgresServer postgres) throws SQLException {
        postgres.run("CREATE PUBLICATION guard FOR TABLE task");
        postgres.ask("SELECT pg_create_logical_replication_slot('" + SLOT + "', 'pgoutput')");
        return new DatabaseLog(postgres.connect());
    }

    List<JsonNode> messages() throws IOException, SQLException {
        return next().messages();
    }

    Part next() throws IOException, SQLException {
        List<JsonNode> messages = new ArrayList<>();
        int largest = 0;
        try (Statement statement = connection.createStatement();
                ResultSet changes = statement.executeQuery(
                        "SELECT data FROM pg_logical_slot_get_binary_changes('" + SLOT + "', NULL, NULL,"
                                + " 'proto_version', '1', 'publication_names', 'guard', 'messages', 'true')")) {
            while (changes.next()) {
                ByteBuffer change = ByteBuffer.wrap(changes.getBytes(1));
                largest = Math.max(largest, change.capacity());
                if (change.get() == LOGICAL_MESSAGE) {
                    messages.add(message(change));
                }
            }
        }
        return new Part(messages, largest);
    }

    private static JsonNode message(ByteBuffer change) throws IOException {
        change.position(change.position() + FLAGS_AND_POSITION);
        StringBuilder prefix = new StringBuilder();
        for (byte next = change.get(); next != 0; next = change.get()) {
            prefix.append((char) next);
        }
        if (!prefix.toString().equals("ratchet.guard")) {
            throw new AssertionError(prefix);
        }
        byte[] content = new byte[change.getInt()];
        change.get(content);
        return JSON.readTree(new String(content, StandardCharsets.UTF_8));
    }
}

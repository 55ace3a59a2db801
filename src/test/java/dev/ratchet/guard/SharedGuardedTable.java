package dev.ratchet.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One guarded table for all test classes of a JVM, so that PostgreSQL starts once. */
final class SharedGuardedTable implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedGuardedTable.class);

    /** Closed by JUnit after the last test class. */
    record Server(GuardedTable table, DatabaseLog log) implements AutoCloseable {
        private static Server start() {
            try {
                GuardedTable table = GuardedTable.start(Files.createTempDirectory("guard"));
                return new Server(table, DatabaseLog.of(table.postgres));
            } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException, SQLException {
            table.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Server.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Server.class, key -> Server.start(), Server.class);
    }
}

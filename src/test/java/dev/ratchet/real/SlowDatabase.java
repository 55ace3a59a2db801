package dev.ratchet.real;

import dev.ratchet.guard.PostgresServer;
import java.sql.SQLException;

/** A slow database: a third of the task updates take up to 0.12 s longer. */
final class SlowDatabase implements AutoCloseable {
    private final PostgresServer postgres;

    private SlowDatabase(PostgresServer postgres) {
        this.postgres = postgres;
    }

    static SlowDatabase start(PostgresServer postgres) throws SQLException {
        postgres.run("""
                CREATE OR REPLACE FUNCTION delay() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF random() < 0.33 THEN
                        PERFORM pg_sleep(random() * 0.12);
                    END IF;
                    RETURN NULL;
                END $$;
                CREATE TRIGGER delay BEFORE UPDATE ON task FOR EACH STATEMENT EXECUTE FUNCTION delay()""");
        return new SlowDatabase(postgres);
    }

    @Override
    public void close() throws SQLException {
        postgres.run("DROP TRIGGER delay ON task");
    }
}

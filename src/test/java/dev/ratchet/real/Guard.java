package dev.ratchet.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.TaskStatusAlert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** The guard in Conductor's database, while this is open, as {@code config/guard} installs it. */
final class Guard implements AutoCloseable {
    private static final Path FILES = Path.of("config", "guard");

    private final EndToEnd all;
    private final int commandsBefore;
    private final int alertsBefore;

    private Guard(EndToEnd all) {
        this.all = all;
        commandsBefore = all.seen.repairs.poll().commands.size();
        alertsBefore = all.seen.outputs().alerts.size();
    }

    static Guard install(EndToEnd all) throws IOException, SQLException {
        all.around.postgres().run(Files.readString(FILES.resolve("postgresql.sql")));
        return new Guard(all);
    }

    /** That no row fell from its end, so that there was nothing for Ratchet to do but to say what was refused. */
    void checkKept(ExecutionReport account) {
        assertThat(account.lostUpdates()).isEmpty();
        assertThat(account.hung()).isEmpty();
        assertThat(account.unlike()).isEmpty();
        assertThat(all.seen.repairs.poll().commands).hasSize(commandsBefore);
        assertThat(all.seen.outputs().deadLetters).isEmpty();
        assertThat(all.seen.outputs().alerts.stream().skip(alertsBefore))
                .filteredOn(alert -> alert.getState() == AlertState.OPENED)
                .extracting(TaskStatusAlert::getKind)
                .doesNotContain(AlertKind.LOST_UPDATE, AlertKind.REPAIR_FAILED);
        assertThat(all.seen.refusedWrites()).hasSize(all.seen.captured.messages());
    }

    @Override
    public void close() throws IOException, SQLException {
        all.around.postgres().run(Files.readString(FILES.resolve("remove.sql")));
    }
}

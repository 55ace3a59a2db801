package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import dev.ratchet.repair.audit.AuditCheckpoint;
import dev.ratchet.repair.audit.AuditListener;
import dev.ratchet.repair.audit.AuditProgress;
import java.util.Optional;
import java.util.function.Consumer;

/** What the commands start. Implemented by the application, since it needs more packages than the commands may use. */
public interface Launcher {

    /**
     * Runs the stream until the process is stopped or the stream fails.
     *
     * @param errors takes lines that say what an operator must fix before the stream can start
     * @return the exit code: 0 if the process was stopped
     */
    int run(Settings settings, Consumer<String> errors) throws InterruptedException;

    /**
     * Compares all tasks with Conductor.
     *
     * @param endedToo also tasks that have ended
     * @param post whether differences are sent to the stream
     * @return the counts
     * @throws dev.ratchet.repair.open.TopicReadFailedException if the tasks cannot be read
     */
    AuditProgress audit(
            Settings settings,
            boolean endedToo,
            boolean post,
            Optional<AuditCheckpoint> checkpoint,
            AuditListener listener);
}

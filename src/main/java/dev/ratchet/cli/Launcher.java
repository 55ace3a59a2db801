package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import dev.ratchet.repair.audit.AuditCheckpoint;
import dev.ratchet.repair.audit.AuditListener;
import dev.ratchet.repair.audit.AuditProgress;
import java.io.PrintWriter;
import java.util.Optional;

/** What the commands start that is more than one room's work. The roof builds it. */
public interface Launcher {

    /**
     * Runs the stream until the process is told to end, or it cannot go on.
     *
     * @param err for what a person must mend before it can start
     * @return the exit code: 0 if it was told to end
     */
    int run(Settings settings, PrintWriter err) throws InterruptedException;

    /**
     * Asks Conductor about all tasks.
     *
     * @param endedToo also about those that have ended
     * @param post whether what differs is posted to the stream
     * @return what was found
     * @throws dev.ratchet.repair.open.TopicReadFailedException if the tasks cannot be read
     */
    AuditProgress audit(
            Settings settings,
            boolean endedToo,
            boolean post,
            Optional<AuditCheckpoint> checkpoint,
            AuditListener listener);
}

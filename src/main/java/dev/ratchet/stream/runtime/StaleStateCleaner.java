package dev.ratchet.stream.runtime;

import dev.ratchet.config.ApplicationSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes local state of an application that has no state in Kafka: it is from before a reset on another machine. */
final class StaleStateCleaner {
    private static final Logger LOG = LoggerFactory.getLogger(StaleStateCleaner.class);

    /** The folder of one task's stores, as Kafka Streams names it. */
    private static final Pattern TASK = Pattern.compile("\\d+_\\d+");

    private StaleStateCleaner() {}

    /**
     * Deletes the local state. Kafka Streams would take it for complete, and events that are read again would change
     * nothing.
     *
     * @throws UncheckedIOException if it cannot be deleted
     */
    static void delete(ApplicationSettings application) {
        Path folder = application.stateDirectory().resolve(application.id());
        try {
            File[] tasks = folder.toFile()
                    .listFiles((parent, name) -> TASK.matcher(name).matches());
            if (tasks == null || tasks.length == 0) {
                return;
            }
            for (File task : tasks) {
                Utils.delete(task);
            }
            LOG.info(
                    "Deleted local state: the application has no state in Kafka, so the local state is from"
                            + " before a reset, or empty. partitions={} folder={} application={}",
                    tasks.length,
                    folder,
                    application.id());
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to delete the state in " + folder + ", but failed", e);
        }
    }
}

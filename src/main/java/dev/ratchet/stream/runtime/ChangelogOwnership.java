package dev.ratchet.stream.runtime;

import dev.ratchet.config.ApplicationSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.config.TopicSettings;
import dev.ratchet.stream.StartFailedException;
import dev.ratchet.stream.TopologyNames;
import dev.ratchet.topics.TopicAdmin;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prevents an application without state from publishing the whole history again to a changelog that consumers read.
 * This happens with another application id, or after the store changelogs were deleted (docs/decisions/0021).
 */
final class ChangelogOwnership {
    private static final Logger LOG = LoggerFactory.getLogger(ChangelogOwnership.class);

    /** The folder of one task's stores, as Kafka Streams names it. */
    private static final Pattern TASK = Pattern.compile("\\d+_\\d+");

    private ChangelogOwnership() {}

    /**
     * @throws IllegalStateException if the changelog holds records, this application has no state, and
     *     {@code ratchet.changelog.republish} is not set
     */
    static void check(Settings settings, TopicAdmin admin) {
        String changelog = settings.topics().changelog();
        String state = TopologyNames.storeChangelog(settings.application().id(), TopologyNames.TASK_STATES);
        // Checked again: another instance may have started meanwhile. Records and state are committed together.
        if (admin.isWritten(state)) {
            warnOfRepublication(settings, changelog);
            return;
        }
        deleteLocalState(settings.application());
        if (!admin.holdsRecords(changelog) || admin.isWritten(state)) {
            return;
        }
        if (!settings.application().republish()) {
            throw new StartFailedException(message(settings.application().id(), changelog, state), null);
        }
        LOG.warn(
                "RATCHET-1001 Ratchet publishes all tasks again, from revision 1, because {}=true. Consumers of"
                        + " the changelog see revisions start over. Remove the setting before the next start."
                        + " application={} topic={}",
                ApplicationSettings.REPUBLISH,
                settings.application().id(),
                changelog);
    }

    private static void warnOfRepublication(Settings settings, String changelog) {
        if (settings.application().republish()) {
            LOG.warn(
                    "RATCHET-1340 Ratchet publishes the last change of each task again, with the revision that it has,"
                            + " because {}=true. Remove the setting before the next start. application={} topic={}",
                    ApplicationSettings.REPUBLISH,
                    settings.application().id(),
                    changelog);
        }
    }

    private static String message(String application, String changelog, String state) {
        return ("Expected topic %1$s (%2$s) to be empty, because application %3$s (%4$s) has no state (topic %5$s"
                        + " has no records), but %1$s holds records. Ratchet would publish all tasks there again,"
                        + " from revision 1. If you used another application id before, set %4$s to it. To start"
                        + " over, set %2$s to a new topic, run 'ratchet topics apply', and let consumers read the"
                        + " new topic. If consumers accept revisions that start over, start once with --set"
                        + " %6$s=true.")
                .formatted(
                        changelog,
                        TopicSettings.CHANGELOG,
                        application,
                        ApplicationSettings.ID,
                        state,
                        ApplicationSettings.REPUBLISH);
    }

    /**
     * Deletes the local state of an application that has no state in Kafka: it is from before a reset on another machine.
     * Kafka Streams would take it for complete, and events that are read again would change nothing.
     *
     * @throws UncheckedIOException if it cannot be deleted
     */
    static void deleteLocalState(ApplicationSettings application) {
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

package dev.ratchet.stream.runtime;

import dev.ratchet.config.ApplicationSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.config.TopicSettings;
import dev.ratchet.stream.TopologyNames;
import dev.ratchet.topics.TopicAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prevents an application without state from publishing the whole history again to a changelog that consumers read.
 * This happens with another application id, or after the store changelogs were deleted (docs/decisions/0021).
 */
final class ChangelogOwnership {
    private static final Logger LOG = LoggerFactory.getLogger(ChangelogOwnership.class);

    private ChangelogOwnership() {}

    /**
     * @throws ChangelogInUseException if the changelog holds records, this application has no state, and
     *     {@code ratchet.changelog.republish} is not set
     */
    static void check(Settings settings, TopicAdmin admin) {
        String changelog = settings.topics().changelog();
        String state = TopologyNames.storeChangelog(settings.application().id(), TopologyNames.TASK_STATES);
        // Checked again: another instance may have started meanwhile. Records and state are committed together.
        if (admin.isWritten(state)) {
            return;
        }
        StaleStateCleaner.delete(settings.application());
        if (!admin.holdsRecords(changelog) || admin.isWritten(state)) {
            return;
        }
        if (!settings.application().republish()) {
            throw new ChangelogInUseException(message(settings.application().id(), changelog, state));
        }
        LOG.warn(
                "RATCHET-1001 Ratchet publishes all tasks again, from revision 1, because {}=true. Consumers of"
                        + " the changelog see revisions start over. Remove the setting before the next start."
                        + " application={} topic={}",
                ApplicationSettings.REPUBLISH,
                settings.application().id(),
                changelog);
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
}

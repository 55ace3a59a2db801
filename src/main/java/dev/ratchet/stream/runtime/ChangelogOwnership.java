package dev.ratchet.stream.runtime;

import dev.ratchet.config.ApplicationSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.config.TopicSettings;
import dev.ratchet.stream.TopologyNames;
import dev.ratchet.topics.TopicAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an application without state from publishing all history again to a changelog that others follow: another
 * application id, or one whose store changelogs were deleted (docs/decisions/0021).
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
        // Asked once more: another instance may have begun meanwhile. What is published and its state are committed
        // together.
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
                "Application {} starts with empty state and publishes all tasks again to topic {}, from revision 1: {} is"
                        + " true. Its consumers see revisions start over. Remove the setting before the next start.",
                settings.application().id(),
                changelog,
                ApplicationSettings.REPUBLISH);
    }

    private static String message(String application, String changelog, String state) {
        return ("Expected topic %1$s (%2$s) to be empty, as application %3$s (%4$s) has no state: topic %5$s was never"
                        + " written to. But %1$s holds records. All tasks would be published there again, from revision 1,"
                        + " after what another application, or this one before a reset, has published. If another"
                        + " application id was in use, set %4$s to it. To begin anew, set %2$s to a new topic, run 'ratchet"
                        + " topics apply', and have consumers read that; or, if they can bear revisions that start over,"
                        + " start once with --set %6$s=true.")
                .formatted(
                        changelog,
                        TopicSettings.CHANGELOG,
                        application,
                        ApplicationSettings.ID,
                        state,
                        ApplicationSettings.REPUBLISH);
    }
}

package dev.ratchet.stream;

import dev.ratchet.config.Settings;
import dev.ratchet.config.TopicSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The topics that the stream reads and writes. */
public final class StreamTopics {
    private StreamTopics() {}

    public static List<String> sourceTopics(Settings settings) {
        List<String> topics = new ArrayList<>();
        topics.add(settings.topics().events());
        if (readsDatabase(settings)) {
            topics.add(settings.topics().cdc());
        }
        return topics;
    }

    /** {@return the input topics; also repair results, which are no activity of the source} */
    public static List<String> inputs(Settings settings) {
        List<String> inputs = new ArrayList<>(sourceTopics(settings));
        if (settings.readsAnswers()) {
            inputs.add(settings.topics().repairResults());
        }
        return inputs;
    }

    /** {@return the output topics, store changelogs included} */
    public static List<String> written(Settings settings) {
        TopicSettings topics = settings.topics();
        List<String> written =
                new ArrayList<>(storeChangelogs(settings.application().id()));
        written.addAll(List.of(topics.changelog(), topics.rejections(), topics.alerts(), topics.deadLetters()));
        if (settings.asksConductor()) {
            written.add(topics.repairCommands());
        }
        return written;
    }

    /** {@return all store changelogs of an application, whether they exist or not} */
    public static List<String> storeChangelogs(String applicationId) {
        return Stream.of(TopologyNames.TASK_STATES, TopologyNames.TIMERS, TopologyNames.OUTPUTS)
                .map(store -> TopologyNames.storeChangelog(applicationId, store))
                .toList();
    }

    public static boolean readsDatabase(Settings settings) {
        return settings.source().kind() == dev.ratchet.config.SourceSettings.Kind.DEBEZIUM;
    }
}

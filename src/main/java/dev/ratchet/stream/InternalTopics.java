package dev.ratchet.stream;

import java.util.List;
import java.util.stream.Stream;

/** The topics that Kafka Streams creates for itself. */
public final class InternalTopics {
    private InternalTopics() {}

    /** {@return all store changelogs of an application, whether they exist or not} */
    public static List<String> of(String applicationId) {
        return Stream.of(TopologyNames.TASK_STATES, TopologyNames.TIMERS, TopologyNames.OUTPUTS)
                .map(store -> TopologyNames.storeChangelog(applicationId, store))
                .toList();
    }
}

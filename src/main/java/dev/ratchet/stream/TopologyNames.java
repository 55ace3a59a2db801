package dev.ratchet.stream;

/**
 * Names of the topology's nodes and stores. They name metrics, the store changelog topic and the folders of the state:
 * renaming a store abandons what is in it.
 */
final class TopologyNames {
    static final String EVENTS = "events";
    static final String READ_EVENTS = "read-events";
    static final String CDC = "cdc";
    static final String READ_CDC = "read-cdc";
    static final String RESULTS = "results";
    static final String READ_RESULTS = "read-results";
    static final String RATCHET = "ratchet";
    static final String CHANGELOG = "changelog";
    static final String REJECTIONS = "rejections";
    static final String ALERTS = "alerts";
    static final String DEAD_LETTERS = "dead-letters";
    static final String COMMANDS = "commands";

    /** Task id to {@link dev.ratchet.watch.TrackedTask}. */
    static final String TASK_STATES = "task-states";

    /** Lane, second and a number to the entries that are due then: see {@link TimerStore}. */
    static final String TIMERS = "timers";

    /** Task id to {@link dev.ratchet.wire.CapturedOutput}; empty where no ends are repaired. */
    static final String OUTPUTS = "outputs";

    private TopologyNames() {}

    /** {@return the topic that holds what was written to the store} */
    static String storeChangelog(String applicationId, String store) {
        return applicationId + "-" + store + "-changelog";
    }
}

package dev.ratchet.stream;

import dev.ratchet.stream.state.TimerStore;

/**
 * Names of the topology's nodes and stores. Metrics, store changelogs and folders of the state carry them: renaming a
 * store abandons its content.
 */
public final class TopologyNames {
    public static final String EVENTS = "events";
    public static final String READ_EVENTS = "read-events";
    public static final String CDC = "cdc";
    public static final String READ_CDC = "read-cdc";
    public static final String RESULTS = "results";
    public static final String READ_RESULTS = "read-results";
    public static final String RATCHET = "ratchet";
    public static final String CHANGELOG = "changelog";
    public static final String REJECTIONS = "rejections";
    public static final String ALERTS = "alerts";
    public static final String DEAD_LETTERS = "dead-letters";
    public static final String COMMANDS = "commands";

    /** Task id to {@link dev.ratchet.task.deadline.TrackedTask}. */
    public static final String TASK_STATES = "task-states";

    /** Timer type, second and a random number to the entries due in that second: see {@link TimerStore}. */
    public static final String TIMERS = "timers";

    /** Task id to {@link dev.ratchet.state.CapturedOutput}; empty if repairs are off. */
    public static final String OUTPUTS = "outputs";

    private TopologyNames() {}

    public static String storeChangelog(String applicationId, String store) {
        return applicationId + "-" + store + "-changelog";
    }
}

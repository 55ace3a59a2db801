package dev.ratchet.stream;

/**
 * Names of the topology's nodes and stores. They name metrics, the store changelog topic and the folders of the state:
 * renaming a store abandons what is in it.
 */
final class Nodes {
    static final String EVENTS = "events";
    static final String READ_EVENTS = "read-events";
    static final String CDC = "cdc";
    static final String READ_CDC = "read-cdc";
    static final String RATCHET = "ratchet";
    static final String CHANGELOG = "changelog";
    static final String REJECTIONS = "rejections";
    static final String ALERTS = "alerts";
    static final String DEAD_LETTERS = "dead-letters";

    /** Task id to {@link dev.ratchet.task.TaskState}. */
    static final String TASK_STATES = "task-states";

    private Nodes() {}
}

package dev.ratchet.config;

/**
 * The names of the topics: valid for Kafka, and all different.
 *
 * @param events in: status events in Ratchet's own form
 * @param cdc in: changes of Conductor's task table; read only if the source is {@link SourceSettings.Kind#DEBEZIUM}
 * @param changelog out: accepted status changes
 * @param rejections out: rejected events, with the reason
 * @param alerts out: conditions opened and resolved
 * @param deadLetters out: records that could not be read
 * @param repairCommands out, and read by the repair worker: commands to repair or audit a task
 * @param repairResults in: results of the commands
 */
public record TopicSettings(
        @Setting(name = EVENTS, defaultValue = "task-status-events", check = TextCheck.TOPIC)
        String events,

        @Setting(name = CDC, defaultValue = "conductor.public.task", check = TextCheck.TOPIC)
        String cdc,

        @Setting(name = CHANGELOG, defaultValue = "task-status-changelog", check = TextCheck.TOPIC)
        String changelog,

        @Setting(name = REJECTIONS, defaultValue = "task-status-rejections", check = TextCheck.TOPIC)
        String rejections,

        @Setting(name = ALERTS, defaultValue = "task-status-alerts", check = TextCheck.TOPIC)
        String alerts,

        @Setting(name = DEAD_LETTERS, defaultValue = "task-status-dead-letters", check = TextCheck.TOPIC)
        String deadLetters,

        @Setting(name = REPAIR_COMMANDS, defaultValue = "conductor-repair-commands", check = TextCheck.TOPIC)
        String repairCommands,

        @Setting(name = REPAIR_RESULTS, defaultValue = "conductor-repair-results", check = TextCheck.TOPIC)
        String repairResults) {
    public static final String EVENTS = "ratchet.topic.events";
    public static final String CDC = "ratchet.topic.cdc";
    public static final String CHANGELOG = "ratchet.topic.changelog";
    public static final String REJECTIONS = "ratchet.topic.rejections";
    public static final String ALERTS = "ratchet.topic.alerts";
    public static final String DEAD_LETTERS = "ratchet.topic.dead-letters";
    public static final String REPAIR_COMMANDS = "ratchet.topic.repair-commands";
    public static final String REPAIR_RESULTS = "ratchet.topic.repair-results";
}

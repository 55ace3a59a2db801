package dev.ratchet.config;

import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

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
        String events,
        String cdc,
        String changelog,
        String rejections,
        String alerts,
        String deadLetters,
        String repairCommands,
        String repairResults) {
    public static final String EVENTS = "ratchet.topic.events";
    public static final String CDC = "ratchet.topic.cdc";
    public static final String CHANGELOG = "ratchet.topic.changelog";
    public static final String REJECTIONS = "ratchet.topic.rejections";
    public static final String ALERTS = "ratchet.topic.alerts";
    public static final String DEAD_LETTERS = "ratchet.topic.dead-letters";
    public static final String REPAIR_COMMANDS = "ratchet.topic.repair-commands";
    public static final String REPAIR_RESULTS = "ratchet.topic.repair-results";

    /** The names that must differ. */
    static final List<String> NAMES =
            List.of(EVENTS, CDC, CHANGELOG, REJECTIONS, ALERTS, DEAD_LETTERS, REPAIR_COMMANDS, REPAIR_RESULTS);

    static void declare(ConfigDef definition) {
        SettingGroup group = new SettingGroup(definition, "Topics");
        declare(group, EVENTS, "task-status-events", "In: status events. Always read.");
        declare(group, CDC, "conductor.public.task", "In: Debezium's changes. Read if `ratchet.source=debezium`.");
        declare(group, CHANGELOG, "task-status-changelog", "Out: the corrected, ordered status changes. Compacted.");
        declare(group, REJECTIONS, "task-status-rejections", "Out: rejected events, with the reason.");
        declare(group, ALERTS, "task-status-alerts", "Out: alerts, opened and resolved.");
        declare(group, DEAD_LETTERS, "task-status-dead-letters", "Out: unreadable records, unchanged.");
        declare(
                group,
                REPAIR_COMMANDS,
                "conductor-repair-commands",
                "Out, and read by the repair worker: commands to repair or audit a task.");
        declare(
                group,
                REPAIR_RESULTS,
                "conductor-repair-results",
                "In: results of the commands, and requests of `ratchet audit`. Only Ratchet may write to it.");
    }

    private static void declare(SettingGroup group, String setting, String preset, String text) {
        group.declare(setting, preset, Validators.TOPIC, Importance.MEDIUM, text);
    }

    static TopicSettings from(AbstractConfig config) {
        return new TopicSettings(
                config.getString(EVENTS),
                config.getString(CDC),
                config.getString(CHANGELOG),
                config.getString(REJECTIONS),
                config.getString(ALERTS),
                config.getString(DEAD_LETTERS),
                config.getString(REPAIR_COMMANDS),
                config.getString(REPAIR_RESULTS));
    }
}

package dev.ratchet.inspect;

import dev.ratchet.config.Settings;
import dev.ratchet.config.TopicSettings;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import dev.ratchet.v1.TaskStatusRejection;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** One of Ratchet's topics. Its text is the name on the command line, e.g. {@code dead-letters}. */
public enum RatchetTopic {
    CHANGELOG(TaskStatusChange.class),
    EVENTS(TaskStatusEvent.class),
    CDC(null),
    REJECTIONS(TaskStatusRejection.class),
    ALERTS(TaskStatusAlert.class),
    REPAIR_COMMANDS(RepairCommand.class),
    REPAIR_RESULTS(RepairResult.class),
    DEAD_LETTERS(null);

    private final @Nullable Class<? extends SpecificRecord> type;

    RatchetTopic(@Nullable Class<? extends SpecificRecord> type) {
        this.type = type;
    }

    /** {@return the topic's name in Kafka} */
    public String in(TopicSettings topics) {
        return switch (this) {
            case CHANGELOG -> topics.changelog();
            case EVENTS -> topics.events();
            case CDC -> topics.cdc();
            case REJECTIONS -> topics.rejections();
            case ALERTS -> topics.alerts();
            case REPAIR_COMMANDS -> topics.repairCommands();
            case REPAIR_RESULTS -> topics.repairResults();
            case DEAD_LETTERS -> topics.deadLetters();
        };
    }

    /** {@return how to create the topic; repairs have topics only with Conductor} */
    String creation(Settings settings) {
        boolean isOfRepairs = this == REPAIR_COMMANDS || this == REPAIR_RESULTS;
        return isOfRepairs && !settings.readsAnswers()
                ? "set " + Settings.CONDUCTOR_URL + ", then run 'ratchet topics apply'"
                : "run 'ratchet topics apply'";
    }

    /** The Avro record of its values; empty if they are not Avro. */
    Optional<Class<? extends SpecificRecord>> type() {
        return Optional.ofNullable(type);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

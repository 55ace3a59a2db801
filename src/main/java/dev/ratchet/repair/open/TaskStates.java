package dev.ratchet.repair.open;

import dev.ratchet.config.Settings;
import dev.ratchet.state.StoreSerdes;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads the state of all tasks from the store changelog. */
public final class TaskStates {

    /** Kafka Streams appends this to the application id. */
    private static final String STORE_CHANGELOG = "-task-states-changelog";

    private TaskStates() {}

    /**
     * Reads the topic to its current end.
     *
     * @param consumer called for each record; the last one of a task counts; null: the task was removed
     * @throws TopicReadFailedException if the topic does not exist or cannot be read
     */
    public static void read(Settings settings, BiConsumer<String, @Nullable TrackedTask> consumer) {
        String topic = settings.application().id() + STORE_CHANGELOG;
        Deserializer<TrackedTask> states = StoreSerdes.tracked().deserializer();
        TopicSnapshotReader.read(
                settings,
                topic,
                "has 'ratchet run' ever run with ratchet.application.id="
                        + settings.application().id() + "?",
                record -> consumer.accept(
                        record.key(), record.value() == null ? null : states.deserialize(topic, record.value())));
    }
}

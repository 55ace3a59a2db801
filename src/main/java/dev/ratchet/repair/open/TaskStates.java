package dev.ratchet.repair.open;

import dev.ratchet.config.Settings;
import dev.ratchet.state.StoreSerdes;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** What the stream holds of its tasks, read from the topic that its store is rebuilt from. */
public final class TaskStates {
    /** What Kafka Streams appends to the application's id for its store of that name. */
    private static final String STORE_CHANGELOG = "-task-states-changelog";

    private TaskStates() {}

    /**
     * Reads all there is now.
     *
     * @param consumer called for each record, of which the last of each task counts; null: the task is forgotten
     * @throws TopicReadFailedException if there is no such topic, or it cannot be read
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

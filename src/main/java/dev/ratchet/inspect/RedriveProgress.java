package dev.ratchet.inspect;

import dev.ratchet.config.Settings;
import dev.ratchet.topics.ApplicationAdmin;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** How far dead letters are sent again: the committed offsets of a consumer group that never has members. */
public final class RedriveProgress implements AutoCloseable {
    private final ApplicationAdmin admin;
    private final String group;
    private final Map<TopicPartition, Long> reached = new HashMap<>();

    /** @param selection which dead letters: each selection has its own progress */
    public RedriveProgress(Settings settings, String selection) {
        group = settings.application().id() + "-redrive" + (selection.isEmpty() ? "" : "-" + selection);
        admin = new ApplicationAdmin(settings.kafka());
    }

    /** Lets the consumer continue after the last letter that is done with. */
    public void resume(TopicConsumer letters) {
        letters.seekTo(admin.committedOffsets(group));
    }

    /** The letter is done with. */
    public void reach(TopicRecord letter) {
        reached.put(new TopicPartition(letter.name(), letter.partition()), letter.offset() + 1);
    }

    /** Commits what is reached. */
    public void commit() {
        if (!reached.isEmpty()) {
            admin.commitOffsets(group, reached);
            reached.clear();
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}

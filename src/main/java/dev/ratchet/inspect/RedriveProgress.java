package dev.ratchet.inspect;

import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** How far dead letters are sent again: the committed offsets of a consumer group that never has members. */
public final class RedriveProgress implements AutoCloseable {
    private final Admin admin;
    private final String group;

    /** @param selection which dead letters: each selection has its own progress */
    public RedriveProgress(Settings settings, String selection) {
        group = settings.application().id() + "-redrive" + (selection.isEmpty() ? "" : "-" + selection);
        admin = Admin.create(KafkaClientSettings.admin(settings.kafka(), group));
    }

    /** Lets the consumer continue after the last letter that was written. */
    public void resume(TopicConsumer letters) {
        letters.seekTo(get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()));
    }

    /** The letter is done with. Returns when that is committed. */
    public void write(TopicRecord letter) {
        TopicPartition partition = new TopicPartition(letter.name(), letter.partition());
        get(admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(letter.offset() + 1)))
                .all());
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e); // which interrupts the thread again
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}

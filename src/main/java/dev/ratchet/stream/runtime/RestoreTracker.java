package dev.ratchet.stream.runtime;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Tracks the restoration of stores from their changelogs. Thread-safe. */
final class RestoreTracker implements StateRestoreListener, KafkaStreams.StateListener {
    private final Set<TopicPartition> restoring = ConcurrentHashMap.newKeySet();
    private final AtomicLong steps = new AtomicLong();

    Collection<TopicPartition> restoring() {
        return List.copyOf(restoring);
    }

    /**
     * A number that changes with each progress: records restored, a store started or finished, another state of the
     * stream.
     */
    long steps() {
        return steps.get();
    }

    @Override
    public void onChange(KafkaStreams.State now, KafkaStreams.State before) {
        steps.incrementAndGet();
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
        restoring.add(changelog);
        steps.incrementAndGet();
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long last, long count) {
        steps.incrementAndGet();
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long count) {
        restoring.remove(changelog);
        steps.incrementAndGet();
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long count) {
        restoring.remove(changelog);
        steps.incrementAndGet();
    }
}

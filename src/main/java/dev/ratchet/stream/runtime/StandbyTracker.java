package dev.ratchet.stream.runtime;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.TaskId;

/** Tracks how far standby tasks follow the changelogs of their stores. Thread-safe. */
final class StandbyTracker implements StandbyUpdateListener {
    private static final int UNKNOWN = -1;

    private final Map<TopicPartition, StandbyProgress> standbys = new ConcurrentHashMap<>();

    /** {@return the stores of all standby tasks of this process, in order} */
    List<StandbyProgress> standbys() {
        return standbys.values().stream()
                .sorted(Comparator.comparing(StandbyProgress::store).thenComparing(StandbyProgress::partition))
                .toList();
    }

    @Override
    public void onUpdateStart(TopicPartition changelog, String store, long from) {
        standbys.put(changelog, new StandbyProgress(store, changelog.partition(), Math.max(0, from), UNKNOWN));
    }

    @Override
    public void onBatchLoaded(TopicPartition changelog, String store, TaskId task, long last, long count, long end) {
        standbys.put(changelog, new StandbyProgress(store, changelog.partition(), last + 1, end));
    }

    @Override
    public void onUpdateSuspended(
            TopicPartition changelog, String store, long position, long end, SuspendReason reason) {
        standbys.remove(changelog);
    }
}

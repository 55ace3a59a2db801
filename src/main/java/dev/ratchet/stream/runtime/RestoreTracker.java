package dev.ratchet.stream.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks the restoration of stores from their changelogs, and logs its start, its progress and its end. Logs nothing if
 * there is nothing to read, as after a clean stop. Thread-safe.
 */
final class RestoreTracker implements StateRestoreListener, KafkaStreams.StateListener {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreTracker.class);
    private static final long LOG_INTERVAL_NANOS = Duration.ofSeconds(30).toNanos();

    private final LongSupplier nanos;
    private final Map<TopicPartition, StoreRestoration> restoring = new HashMap<>();
    private boolean hasRun;
    private long steps;
    /** Of the restorations that overlap in time. Offsets of transaction markers are among those to read. */
    private long toRead;

    private long read;
    private boolean hasLoggedStart;
    private long startedAt;
    private long loggedAt;

    RestoreTracker() {
        this(System::nanoTime);
    }

    /** @param nanos a clock like {@link System#nanoTime} */
    RestoreTracker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized Collection<TopicPartition> restoring() {
        return List.copyOf(restoring.keySet());
    }

    /** {@return the stores that are being restored for active tasks, in order} */
    synchronized List<StoreRestoration> restorations() {
        return restoring.values().stream()
                .sorted(Comparator.comparing(StoreRestoration::store).thenComparing(StoreRestoration::partition))
                .toList();
    }

    /**
     * A number that changes with each progress: records restored, a store started or finished, a new state of the
     * stream.
     */
    synchronized long steps() {
        return steps;
    }

    /** {@return whether the stream has been RUNNING} */
    synchronized boolean hasRun() {
        return hasRun;
    }

    @Override
    public synchronized void onChange(KafkaStreams.State now, KafkaStreams.State before) {
        steps++;
        hasRun = hasRun || now == KafkaStreams.State.RUNNING;
    }

    @Override
    public synchronized void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
        steps++;
        if (restoring.isEmpty()) {
            toRead = 0;
            read = 0;
            hasLoggedStart = false;
            startedAt = nanos.getAsLong();
        }
        long offsets = Math.max(0, to - from);
        restoring.put(changelog, new StoreRestoration(store, changelog.partition(), 0, offsets));
        toRead += offsets;
    }

    @Override
    public synchronized void onBatchRestored(TopicPartition changelog, String store, long last, long count) {
        steps++;
        read += count;
        restoring.computeIfPresent(changelog, (same, progress) -> progress.plus(count));
        long now = nanos.getAsLong();
        if (!hasLoggedStart) {
            hasLoggedStart = true;
            loggedAt = now;
            LOG.info(
                    "Rebuilding state from Kafka, up to {} records, for partitions {}, after an unclean stop or"
                            + " because they moved here. Nothing is lost: these partitions are processed again when"
                            + " it is complete.",
                    toRead,
                    restoring.keySet().stream()
                            .map(TopicPartition::partition)
                            .collect(Collectors.toCollection(TreeSet::new)));
        } else if (now - loggedAt >= LOG_INTERVAL_NANOS) {
            loggedAt = now;
            LOG.info(
                    "Rebuilding state from Kafka: {} of up to {} records are read, {} stores are left",
                    read,
                    toRead,
                    restoring.size());
        }
    }

    @Override
    public synchronized void onRestoreEnd(TopicPartition changelog, String store, long count) {
        steps++;
        restoring.remove(changelog);
        if (restoring.isEmpty() && hasLoggedStart) {
            hasLoggedStart = false;
            LOG.info(
                    "State is rebuilt from Kafka: {} records in {} s. Nothing was lost.",
                    read,
                    TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - startedAt));
        }
    }

    @Override
    public synchronized void onRestoreSuspended(TopicPartition changelog, String store, long count) {
        steps++;
        restoring.remove(changelog);
    }
}

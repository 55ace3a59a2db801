package dev.ratchet.stream.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers about partitions that are behind, and tells when one has caught up: when it has read what its inputs held
 * when it was assigned. The end offsets are asked once for each assignment, so steady load does not move the goal. Asks
 * nothing while no partition is behind.
 */
public final class ConsumerLagMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLagMonitor.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final long WARN_AFTER_SECONDS = 60;
    private static final long WARN_EVERY_SECONDS = 600;

    private final InputOffsets offsets;
    private final Collection<String> topics;
    private final CatchUpTracker catchUp;
    private final PeriodicTask thread = new PeriodicTask("ratchet-lag");

    /** Of these no broker told the end when it was last asked. */
    private final List<TopicPartition> unknownEnds = new ArrayList<>();

    private @Nullable Throwable failure;
    private long warnAt = WARN_AFTER_SECONDS;

    /**
     * @param offsets are closed with this
     * @param topics that the stream reads
     */
    public ConsumerLagMonitor(InputOffsets offsets, Collection<String> topics, CatchUpTracker catchUp) {
        this.offsets = offsets;
        this.topics = List.copyOf(topics);
        this.catchUp = catchUp;
    }

    public void start() {
        thread.every(INTERVAL, this::poll);
    }

    /** Survives whatever happens, as nothing else opens the gate; an executor would drop the work without a word. */
    void poll() {
        try {
            checkPartitions();
        } catch (RuntimeException | Error failed) {
            onFailure(failed);
        }
    }

    private void checkPartitions() {
        // Before the brokers are asked: one that is assigned meanwhile is looked at the next time.
        List<PartitionProgress> behind = catchUp.behind();
        try {
            if (!behind.isEmpty()) {
                updateProgress(behind);
            }
            failure = null;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return;
        } catch (ExecutionException | TimeoutException | RuntimeException | Error failed) {
            onFailure(failed); // and go on to the warning, which says so
        }
        warn(behind.stream().filter(progress -> !progress.isDone()).toList());
    }

    private void updateProgress(List<PartitionProgress> behind)
            throws ExecutionException, InterruptedException, TimeoutException {
        unknownEnds.clear();
        List<PartitionProgress> assigned =
                behind.stream().filter(progress -> !progress.hasEnds()).toList();
        if (!assigned.isEmpty()) {
            Map<TopicPartition, Long> ends = offsets.ends(inputs(assigned));
            assigned.forEach(progress -> setEnds(progress, ends));
        }
        List<PartitionProgress> known =
                behind.stream().filter(PartitionProgress::hasEnds).toList();
        Map<TopicPartition, Long> committed = offsets.committed();
        Map<TopicPartition, Long> starts = offsets.starts(inputs(known));
        for (PartitionProgress progress : known) {
            if (progress.hasReached(committed, starts)) {
                progress.done();
                LOG.debug("Timers of partition {} are on: it has caught up", progress.partition());
            }
        }
    }

    /** Only if all are told: a partition whose input has no leader is behind, and asked about again. */
    private void setEnds(PartitionProgress progress, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> own = new HashMap<>();
        for (TopicPartition input : inputs(List.of(progress))) {
            Long end = ends.get(input);
            if (end == null) {
                unknownEnds.add(input);
            } else {
                own.put(input, end);
            }
        }
        if (own.size() == topics.size()) {
            progress.ends(own);
        }
    }

    private List<TopicPartition> inputs(List<PartitionProgress> of) {
        return of.stream()
                .flatMap(progress -> topics.stream().map(topic -> new TopicPartition(topic, progress.partition())))
                .toList();
    }

    private void onFailure(Throwable failed) {
        if (failed instanceof Error && (failure == null || failure.getClass() != failed.getClass())) {
            LOG.error(
                    "Asking the brokers for the offsets of the inputs failed; asking again every {}", INTERVAL, failed);
        } else if (failure == null) {
            LOG.debug("The brokers did not tell the offsets of the inputs; asking again every {}", INTERVAL, failed);
        }
        failure = failed;
    }

    private void warn(List<PartitionProgress> behind) {
        long longest = behind.stream().mapToLong(PartitionProgress::age).max().orElse(0);
        if (longest < WARN_AFTER_SECONDS) {
            if (warnAt > WARN_AFTER_SECONDS) {
                LOG.info("Timers are on again: no partition has been behind for {} s", WARN_AFTER_SECONDS);
            }
            warnAt = WARN_AFTER_SECONDS;
        } else if (longest >= warnAt) {
            warnAt = longest + WARN_EVERY_SECONDS;
            LOG.warn(
                    "Timers of partitions {} are off, for {} s at the longest: the records that were there at assignment"
                            + " are not all read yet. Until they are, no repair or audit is issued, and no task is found"
                            + " stuck or forgotten there. Look at the consumer lag: if it falls, wait, or add threads or"
                            + " instances; if it does not, look for errors of the stream, the brokers or the registry."
                            + " To be read: {}; of which no broker tells the end: {}. Last error"
                            + " of asking the brokers: {}",
                    behind.stream().map(PartitionProgress::partition).sorted().toList(),
                    longest,
                    PartitionProgress.describe(behind),
                    unknownEnds,
                    failure == null ? "none" : failure.toString());
        }
    }

    @Override
    public void close() {
        thread.close();
        offsets.close();
    }
}

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
 * Asks the brokers about partitions that are behind, and marks those that have caught up: they have read what their
 * inputs held at assignment. Reads the end offsets once for each assignment, so steady load does not move the goal.
 * Asks nothing while no partition is behind.
 */
public final class ConsumerLagMonitor extends PeriodicTask {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumerLagMonitor.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final long WARN_AFTER_SECONDS = 60;
    private static final long WARN_EVERY_SECONDS = 600;

    private final InputOffsets offsets;
    private final Collection<String> topics;
    private final CatchUpTracker catchUp;

    /** Partitions whose end offset no broker returned at the last check. */
    private final List<TopicPartition> unknownEnds = new ArrayList<>();

    private @Nullable Throwable failure;
    private long warnAt = WARN_AFTER_SECONDS;

    public ConsumerLagMonitor(InputOffsets offsets, Collection<String> topics, CatchUpTracker catchUp) {
        super("ratchet-lag", INTERVAL);
        this.offsets = offsets;
        this.topics = List.copyOf(topics);
        this.catchUp = catchUp;
    }

    @Override
    protected void poll() {
        try {
            checkPartitions();
        } catch (RuntimeException | Error failed) {
            onFailure(failed);
        }
    }

    private void checkPartitions() {
        // Read before the brokers are asked: a partition that is assigned meanwhile is checked the next time.
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
            onFailure(failed); // and continue to the warning, which shows it
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
                LOG.debug("Timers of partition {} are enabled: it has caught up", progress.partition());
            }
        }
    }

    /**
     * Sets the ends only if all are known: a partition whose input has no leader stays behind, and is checked again.
     */
    private void setEnds(PartitionProgress progress, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> own = new HashMap<>();
        for (TopicPartition input : progress.inputs(topics)) {
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
        return of.stream().flatMap(progress -> progress.inputs(topics).stream()).toList();
    }

    private void onFailure(Throwable failed) {
        if (failed instanceof Error && (failure == null || failure.getClass() != failed.getClass())) {
            LOG.error(
                    "RATCHET-1201 Cannot read the offsets of the inputs: timers of partitions that are behind"
                            + " stay disabled. Trying again every {}",
                    INTERVAL,
                    failed);
        } else if (failure == null) {
            LOG.debug("Cannot read the offsets of the inputs; trying again every {}", INTERVAL, failed);
        }
        failure = failed;
    }

    private void warn(List<PartitionProgress> behind) {
        long longest = behind.stream().mapToLong(PartitionProgress::age).max().orElse(0);
        if (longest < WARN_AFTER_SECONDS) {
            if (warnAt > WARN_AFTER_SECONDS) {
                LOG.info("Timers are enabled again: no partition has been behind for {} s", WARN_AFTER_SECONDS);
            }
            warnAt = WARN_AFTER_SECONDS;
        } else if (longest >= warnAt) {
            warnAt = longest + WARN_EVERY_SECONDS;
            LOG.warn(
                    "RATCHET-1202 Timers are disabled on partitions {}, for up to {} s: the records that were"
                            + " there at assignment are not all read. Until then Ratchet issues no repair and"
                            + " no audit there, and no task is reported as stuck or dropped after its"
                            + " retention. Check the consumer lag. If it falls, wait, or add threads or"
                            + " instances. If it does not fall, look for errors of the stream, the brokers or"
                            + " the registry. toRead=[{}] unknownEnds={} lastError={}",
                    behind.stream().map(PartitionProgress::partition).sorted().toList(),
                    longest,
                    PartitionProgress.describe(behind),
                    unknownEnds,
                    failure == null ? "none" : failure.toString());
        }
    }
}

package dev.ratchet.stream.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the end offsets of the source's topics, ten times within the silence limit, every 0.5 to 5 s. Because it asks
 * for as long as the process runs, it also logs when Kafka is away and when it is back.
 */
public final class SourceActivityMonitor extends PeriodicTask {
    private static final Logger LOG = LoggerFactory.getLogger(SourceActivityMonitor.class);
    private static final Duration MIN_INTERVAL = Duration.ofMillis(500);
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(5);

    private final InputOffsets offsets;
    private final List<TopicPartition> inputs;
    private final SourceActivityTracker tracker;
    private final Duration every;

    private final Map<TopicPartition, Long> latest = new HashMap<>();

    private final KafkaAvailability kafka = new KafkaAvailability();
    private boolean isFailing;

    /**
     * @param inputs all partitions of the source's topics
     * @param limit how long the source may be silent
     */
    public SourceActivityMonitor(
            InputOffsets offsets, List<TopicPartition> inputs, Duration limit, SourceActivityTracker tracker) {
        super("ratchet-source-activity", interval(limit));
        this.offsets = offsets;
        this.inputs = List.copyOf(inputs);
        this.tracker = tracker;
        this.every = interval(limit);
    }

    /** Since when no broker answers; empty while one does. Thread-safe. */
    public Optional<Instant> kafkaAwaySince() {
        return kafka.awaySince();
    }

    static Duration interval(Duration limit) {
        Duration tenth = limit.dividedBy(10);
        return tenth.compareTo(MAX_INTERVAL) > 0
                ? MAX_INTERVAL
                : tenth.compareTo(MIN_INTERVAL) < 0 ? MIN_INTERVAL : tenth;
    }

    @Override
    protected void poll() {
        long sentAt = System.nanoTime();
        try {
            Map<TopicPartition, Long> ends = offsets.ends(inputs);
            if (ends.isEmpty()) {
                checkThatKafkaAnswers();
            }
            kafka.onAnswer();
            update(ends);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException | Error failure) {
            tracker.skip(System.nanoTime());
            onFailure(sentAt, failure);
        }
    }

    /** Without any end offset, either no broker answers, or brokers answer with errors, which is no outage. */
    private void checkThatKafkaAnswers() throws ExecutionException, InterruptedException, TimeoutException {
        try {
            offsets.committed();
        } catch (ExecutionException failure) {
            if (KafkaAvailability.isUnanswered(failure)) {
                throw failure;
            }
        }
    }

    private void onFailure(long sentAt, Throwable failure) {
        if (KafkaAvailability.isUnanswered(failure)) {
            kafka.onNoAnswer(sentAt, failure);
        } else if (!isFailing) {
            isFailing = true;
            LOG.warn(
                    "RATCHET-1203 Cannot read the end offsets of the source's topics. Until it works again,"
                            + " SOURCE_SILENT is neither raised nor resolved. Trying again every {}.",
                    every,
                    failure);
        }
    }

    private void update(Map<TopicPartition, Long> ends) {
        latest.putAll(ends);
        List<TopicPartition> unknown =
                inputs.stream().filter(input -> !ends.containsKey(input)).toList();
        long sum = latest.values().stream().mapToLong(end -> end).sum();
        if (latest.keySet().containsAll(inputs)) {
            tracker.observe(sum, unknown.isEmpty(), System.nanoTime());
        } else {
            tracker.skip(System.nanoTime());
        }
        if (!unknown.isEmpty() && !isFailing) {
            LOG.warn(
                    "RATCHET-1204 No broker returns the end offsets of some partitions of the source's topics:"
                            + " they may have no leader. Until they have one, no time counts towards"
                            + " SOURCE_SILENT, because the source may write there. Check the brokers. Trying"
                            + " again every {}. partitions={}",
                    every,
                    unknown);
        }
        isFailing = !unknown.isEmpty();
    }
}

package dev.ratchet.stream.runtime;

import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.stream.StreamTopics;
import dev.ratchet.stream.progress.PeriodicTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects partitions that are added to the inputs or the changelog while Ratchet runs. Kafka Streams detects them only
 * after {@code metadata.max.age.ms}, five minutes, and only for inputs. Thread-safe.
 */
final class PartitionCountMonitor extends PeriodicTask {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionCountMonitor.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    /** A stream thread calls this: it must not block for half of a transaction's timeout. */
    private static final int TIMEOUT_MS = 2_000;

    private static final long MIN_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Admin admin;
    private final List<String> topics;
    private final int expected;
    private volatile Consumer<Throwable> onChange = changed -> {};
    private Map<String, String> reported = Map.of();
    private long checkedAt = System.nanoTime() - MIN_INTERVAL_NANOS;

    /**
     * Creates a monitor of the inputs and the changelog.
     *
     * @param expected partitions of each topic
     */
    PartitionCountMonitor(Settings settings, int expected) {
        super("ratchet-partitions", INTERVAL);
        this.admin = Admin.create(KafkaClientSettings.admin(settings.kafka(), "ratchet-partitions"));
        this.topics = Stream.concat(
                        StreamTopics.inputs(settings).stream(),
                        Stream.of(settings.topics().changelog()))
                .toList();
        this.expected = expected;
    }

    /** @param onChange called once, from the thread that checks */
    void setOnChange(Consumer<Throwable> onChange) {
        this.onChange = onChange;
    }

    /**
     * Asks the brokers, at most once a second. Blocks for two seconds at most. Does nothing if they do not answer.
     *
     * @throws PartitionsChangedException if a topic has another number of partitions
     */
    synchronized void verify() {
        if (System.nanoTime() - checkedAt < MIN_INTERVAL_NANOS) {
            return;
        }
        try {
            Map<String, KafkaFuture<TopicDescription>> described = admin.describeTopics(
                            topics, new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS))
                    .topicNameValues();
            Map<String, String> refused = new TreeMap<>();
            for (Map.Entry<String, KafkaFuture<TopicDescription>> one : described.entrySet()) {
                verify(one.getKey(), one.getValue(), refused);
            }
            report(refused);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | org.apache.kafka.common.errors.TimeoutException unanswered) {
            LOG.debug("Cannot read the partition counts of {}; trying again", topics, unanswered);
        } finally {
            checkedAt = System.nanoTime();
        }
    }

    private void verify(String topic, KafkaFuture<TopicDescription> answer, Map<String, String> refused)
            throws InterruptedException, TimeoutException {
        try {
            int found =
                    answer.get(TIMEOUT_MS, TimeUnit.MILLISECONDS).partitions().size();
            if (found != expected) {
                throw PartitionsChangedException.whileRunning(topic, expected, found);
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof org.apache.kafka.common.errors.TimeoutException away) {
                throw away;
            }
            refused.put(topic, String.valueOf(failed.getCause()));
        }
    }

    /** Logs topics that are missing or must not be described, once until that changes. */
    private void report(Map<String, String> refused) {
        if (!refused.isEmpty() && !refused.equals(reported)) {
            LOG.error(
                    "RATCHET-1019 Topics are missing, or Ratchet may not describe them: what belongs on them is not"
                            + " processed, and added partitions are not detected. If they were deleted, run 'ratchet"
                            + " topics apply', and 'ratchet republish' for the changelog. topics={}",
                    refused);
        }
        reported = refused;
    }

    @Override
    protected void poll() {
        try {
            verify();
        } catch (PartitionsChangedException changed) {
            LOG.error("RATCHET-1002 {}", changed.getMessage());
            onChange.accept(changed);
            stop();
        } catch (RuntimeException | Error failed) {
            LOG.error(
                    "RATCHET-1003 Cannot check the partition counts: partitions that are added now are not"
                            + " detected. Trying again every {}. topics={}",
                    INTERVAL,
                    topics,
                    failed);
        }
    }

    @Override
    public void close() {
        super.close();
        admin.close(Duration.ofSeconds(1));
    }
}

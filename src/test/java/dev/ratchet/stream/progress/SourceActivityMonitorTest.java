package dev.ratchet.stream.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SourceActivityMonitorTest {
    private static final TopicPartition EVENTS = new TopicPartition("events", 0);
    private static final TopicPartition CDC = new TopicPartition("cdc", 1);
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final Brokers brokers = new Brokers();
    private final SourceActivityTracker tracker = new SourceActivityTracker();
    private final SourceActivityMonitor monitor =
            new SourceActivityMonitor(brokers, List.of(EVENTS, CDC), LIMIT, tracker);
    private final Logger logger = (Logger) LoggerFactory.getLogger(SourceActivityMonitor.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        monitor.close();
    }

    @Test
    void growthOfAnyTopicEndsSilence() {
        brokers.ends.putAll(Map.of(EVENTS, 10L, CDC, 5L));
        monitor.start();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> tracker.silence(LIMIT).isPresent());
        assertThat(tracker.silence(LIMIT)).hasValue(15);
        brokers.ends.put(CDC, 6L);
        await().atMost(Duration.ofSeconds(30)).until(() -> tracker.hasEnded(15));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> tracker.silence(LIMIT).equals(OptionalLong.of(16)));
    }

    @Test
    void repeatedFailureLogsOneWarningAndMonitoringContinues() {
        brokers.ends.putAll(Map.of(EVENTS, 10L, CDC, 5L));
        brokers.failure = new NoClassDefFoundError("gone");
        monitor.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> brokers.requests.get() > 2);
        assertThat(tracker.hasEnded(0)).as("activity is unknown").isFalse();
        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getThrowableProxy()).isNotNull();
        });
        brokers.failure = null;
        await().atMost(Duration.ofSeconds(30)).until(() -> tracker.hasEnded(0));
    }

    @Test
    void timeWithoutLeaderIsNotSilence() {
        brokers.ends.putAll(Map.of(EVENTS, 10L, CDC, 5L));
        monitor.poll();
        brokers.ends.remove(CDC);
        long since = System.nanoTime();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            monitor.poll();
            return System.nanoTime() - since > LIMIT.toNanos();
        });
        assertThat(tracker.silence(LIMIT)).isEmpty();
        assertThat(tracker.hasEnded(15)).as("the known end offset still counts").isFalse();
        assertThat(log.list)
                .singleElement()
                .asString()
                .contains("RATCHET-1204 No broker returns the end offsets", "partitions=[cdc-1]", "no time counts");
    }

    @Test
    void growthOfAnotherPartitionEndsSilenceWithoutLeader() {
        brokers.ends.putAll(Map.of(EVENTS, 10L, CDC, 5L));
        monitor.poll();
        tracker.markReported(15);
        brokers.ends.remove(CDC);
        monitor.poll();
        assertThat(tracker.silence(LIMIT)).hasValue(15);
        brokers.ends.put(EVENTS, 11L);
        monitor.poll();
        assertThat(tracker.hasEnded(15)).isTrue();
        assertThat(tracker.silence(LIMIT)).isEmpty();
    }

    @Test
    void unknownEndOffsetMakesActivityUnknown() {
        brokers.ends.put(EVENTS, 10L);
        monitor.poll();
        assertThat(tracker.hasEnded(3)).isFalse();
        brokers.ends.put(CDC, 5L);
        monitor.poll();
        assertThat(tracker.hasEnded(3)).isTrue();
    }

    @Test
    void intervalScalesWithLimit() {
        assertThat(SourceActivityMonitor.interval(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(500));
        assertThat(SourceActivityMonitor.interval(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(2));
        assertThat(SourceActivityMonitor.interval(Duration.ofMinutes(5))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void unansweredRequestsAreOutage() {
        Logger availability = (Logger) LoggerFactory.getLogger(KafkaAvailability.class);
        availability.setLevel(Level.INFO);
        availability.addAppender(log);
        monitor.poll();
        monitor.poll();
        assertThat(log.list)
                .singleElement()
                .satisfies(line ->
                        assertThat(line.getFormattedMessage()).startsWith("RATCHET-1208 Kafka is away" + " since "));
        brokers.ends.putAll(Map.of(EVENTS, 10L, CDC, 5L));
        monitor.poll();
        availability.detachAppender(log);
        availability.setLevel(null);
        assertThat(log.list).hasSize(2).last().asString().contains("Kafka is back after ");
    }

    @Test
    void errorsFromBrokersAreNoOutage() {
        brokers.committedFailure = new ExecutionException(new GroupAuthorizationException("ratchet"));
        monitor.poll();
        assertThat(log.list).singleElement().asString().contains("RATCHET-1204");
    }

    private static final class Brokers implements InputOffsets {
        final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
        volatile @Nullable Error failure;
        volatile @Nullable ExecutionException committedFailure;
        final AtomicInteger requests = new AtomicInteger();

        @Override
        public Map<TopicPartition, Long> committed() throws ExecutionException, TimeoutException {
            ExecutionException answer = committedFailure;
            if (answer != null) {
                throw answer;
            }
            throw new TimeoutException();
        }

        @Override
        public Map<TopicPartition, Long> starts(Collection<TopicPartition> inputs) throws TimeoutException {
            throw new TimeoutException();
        }

        @Override
        public Map<TopicPartition, Long> ends(Collection<TopicPartition> inputs) {
            requests.incrementAndGet();
            Error now = failure;
            if (now != null) {
                throw now;
            }
            return ends;
        }

        @Override
        public Set<TopicPartition> leaderless(Collection<String> topics) {
            return Set.of();
        }
    }
}

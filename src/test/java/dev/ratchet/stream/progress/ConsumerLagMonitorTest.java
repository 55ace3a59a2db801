package dev.ratchet.stream.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** When a partition has caught up, by offsets of brokers and consumer. */
class ConsumerLagMonitorTest {
    private static final TopicPartition EVENTS = new TopicPartition("events", 3);
    private static final TopicPartition RESULTS = new TopicPartition("results", 3);

    private final AtomicLong seconds = new AtomicLong();
    private final CatchUpTracker catchUp = new CatchUpTracker(() -> TimeUnit.SECONDS.toNanos(seconds.get()));
    private final Brokers brokers = new Brokers();
    private final ConsumerLagMonitor monitor = new ConsumerLagMonitor(brokers, List.of("events", "results"), catchUp);
    private final Logger logger = (Logger) LoggerFactory.getLogger(ConsumerLagMonitor.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        brokers.ends.putAll(Map.of(EVENTS, 10L, RESULTS, 0L));
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        logger.setLevel(null);
        monitor.close();
    }

    @Test
    void recordsAfterAssignmentNeedNotBeRead() {
        catchUp.assigned(3);
        monitor.poll();
        brokers.ends.put(EVENTS, 20L);
        brokers.committed.put(EVENTS, 9L);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isFalse();
        brokers.committed.put(EVENTS, 10L);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isTrue();
    }

    @Test
    void nextAssignmentHasItsOwnEndOffset() {
        brokers.committed.put(EVENTS, 10L);
        PartitionProgress first = catchUp.assigned(3);
        monitor.poll();
        catchUp.revoked(first);
        brokers.ends.put(EVENTS, 20L);
        catchUp.assigned(3);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isFalse();
        brokers.committed.put(EVENTS, 20L);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isTrue();
    }

    @Test
    void lateRevocationDoesNotAffectNextAssignment() {
        PartitionProgress lost = catchUp.assigned(3);
        catchUp.assigned(3);
        catchUp.revoked(lost);
        brokers.committed.put(EVENTS, 10L);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isTrue();
    }

    @Test
    void inputTruncatedLaterNeedNotBeRead() {
        brokers.committed.put(EVENTS, 2L);
        catchUp.assigned(3);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isFalse();
        brokers.starts.put(EVENTS, 10L);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isTrue();
    }

    @Test
    void positionCountsWithoutRecords() {
        catchUp.assigned(3);
        consumed(List.of(), 10);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isTrue();
    }

    @Test
    void readRecordsMustBeCommitted() {
        catchUp.assigned(3);
        consumed(List.of(new ConsumerRecord<>("events", 3, 4, new byte[0], new byte[0])), 5);
        consumed(List.of(), 10);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isFalse();
        brokers.committed.put(EVENTS, 10L);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isTrue();
    }

    @Test
    void positionOfAnotherThreadDoesNotCount() throws Exception {
        Thread other = new Thread(() -> catchUp.assigned(3));
        other.start();
        other.join();
        consumed(List.of(), 10);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isFalse();
    }

    @Test
    void partitionWithoutLeaderDelaysOnlyItself() {
        brokers.ends.remove(RESULTS);
        brokers.ends.putAll(Map.of(new TopicPartition("events", 4), 7L, new TopicPartition("results", 4), 0L));
        brokers.committed.putAll(Map.of(EVENTS, 10L, new TopicPartition("events", 4), 5L));
        catchUp.assigned(3);
        catchUp.assigned(4);
        monitor.poll();
        seconds.set(61);
        monitor.poll();
        assertThat(warnings()).singleElement().asString().contains("partitions [3, 4]", "unknownEnds=[results-3]");
        brokers.committed.put(new TopicPartition("events", 4), 7L);
        monitor.poll();
        assertThat(catchUp.isDone(4)).isTrue();
        assertThat(catchUp.isDone(3)).isFalse();
        brokers.ends.put(RESULTS, 0L);
        monitor.poll();
        assertThat(catchUp.isDone(3)).isTrue();
    }

    @Test
    void errorIsLoggedAndDoesNotStopThread() {
        brokers.committed.put(EVENTS, 10L);
        brokers.failure.set(new NoClassDefFoundError("gone"));
        catchUp.assigned(3);
        monitor.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> catchUp.isDone(3));
        assertThat(log.list).anyMatch(line -> line.getLevel() == Level.ERROR && line.getThrowableProxy() != null);
    }

    @Test
    void repeatedErrorIsLoggedOnce() {
        catchUp.assigned(3);
        brokers.failure.set(new NoClassDefFoundError("gone"));
        monitor.poll();
        brokers.failure.set(new NoClassDefFoundError("gone"));
        monitor.poll();
        assertThat(log.list).filteredOn(line -> line.getLevel() == Level.ERROR).hasSize(1);
    }

    @Test
    void errorWhileLoggingDoesNotStopThread() {
        AtomicBoolean fails = new AtomicBoolean(true);
        AppenderBase<ILoggingEvent> full = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent line) {
                if (line.getLevel() == Level.WARN && fails.getAndSet(false)) {
                    brokers.committed.put(EVENTS, 10L);
                    throw new OutOfMemoryError("while logging");
                }
            }
        };
        full.start();
        logger.addAppender(full);
        catchUp.assigned(3);
        seconds.set(61);
        monitor.start();
        await().atMost(Duration.ofSeconds(30)).until(() -> catchUp.isDone(3));
        logger.detachAppender(full);
        assertThat(fails).isFalse();
    }

    @Test
    void timersDisabledForOneMinuteLogWarningAndRecovery() {
        catchUp.assigned(3);
        seconds.set(59);
        monitor.poll();
        assertThat(warnings()).isEmpty();
        seconds.set(61);
        brokers.failure.set(new TimeoutException("no answer"));
        monitor.poll();
        monitor.poll();
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("partitions [3]", "61 s", "events-3 to 10", "TimeoutException: no answer");
        seconds.set(700);
        monitor.poll();
        assertThat(warnings()).hasSize(2);
        brokers.committed.put(EVENTS, 10L);
        monitor.poll();
        assertThat(log.list).last().asString().contains("Timers are enabled again");
        assertThat(warnings()).hasSize(2);
    }

    private List<String> warnings() {
        return log.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private void consumed(List<ConsumerRecord<byte[], byte[]>> records, long next) {
        catchUp.consumed(new ConsumerRecords<>(
                records.isEmpty() ? Map.of() : Map.of(EVENTS, records), Map.of(EVENTS, new OffsetAndMetadata(next))));
    }

    /** Fails once if a failure is set. */
    private static final class Brokers implements InputOffsets {
        final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();
        final Map<TopicPartition, Long> starts = new HashMap<>();
        final Map<TopicPartition, Long> ends = new HashMap<>();
        final AtomicReference<Throwable> failure = new AtomicReference<>();

        @Override
        public Map<TopicPartition, Long> committed() throws TimeoutException {
            Throwable now = failure.getAndSet(null);
            if (now instanceof Error error) {
                throw error;
            } else if (now instanceof TimeoutException timeout) {
                throw timeout;
            }
            return committed;
        }

        @Override
        public Map<TopicPartition, Long> starts(Collection<TopicPartition> inputs) {
            return starts;
        }

        @Override
        public Map<TopicPartition, Long> ends(Collection<TopicPartition> inputs) {
            return ends;
        }

        @Override
        public Set<TopicPartition> leaderless(Collection<String> topics) {
            return Set.of();
        }

        @Override
        public void close() {}
    }
}

package dev.ratchet.stream.progress;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.slf4j.LoggerFactory;

/** A monitor of partition 3 with two inputs, and brokers that a test sets. */
abstract class ConsumerLagMonitorFixture {
    static final TopicPartition EVENTS = new TopicPartition("events", 3);
    static final TopicPartition RESULTS = new TopicPartition("results", 3);
    final AtomicLong seconds = new AtomicLong();
    final CatchUpTracker catchUp = new CatchUpTracker(() -> TimeUnit.SECONDS.toNanos(seconds.get()));
    final Brokers brokers = new Brokers();
    final ConsumerLagMonitor monitor = new ConsumerLagMonitor(brokers, List.of("events", "results"), catchUp);
    final Logger logger = (Logger) LoggerFactory.getLogger(ConsumerLagMonitor.class);
    final ListAppender<ILoggingEvent> log = new ListAppender<>();

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

    List<String> warnings() {
        return log.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** Fails once if a failure is set. */
    static final class Brokers implements InputOffsets {
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
    }
}

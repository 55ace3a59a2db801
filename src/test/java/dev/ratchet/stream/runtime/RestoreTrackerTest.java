package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RestoreTrackerTest {
    private static final TopicPartition STATES = new TopicPartition("ratchet-task-states-changelog", 3);
    private static final TopicPartition TIMERS = new TopicPartition("ratchet-timers-changelog", 4);

    private final AtomicLong seconds = new AtomicLong();
    private final RestoreTracker tracker = new RestoreTracker(() -> TimeUnit.SECONDS.toNanos(seconds.get()));
    private final Logger logger = (Logger) LoggerFactory.getLogger(RestoreTracker.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void streamThatHasRunStaysOneThatHasRun() {
        tracker.onChange(State.REBALANCING, State.CREATED);
        assertThat(tracker.hasRun()).isFalse();
        tracker.onChange(State.RUNNING, State.REBALANCING);
        tracker.onChange(State.REBALANCING, State.RUNNING);
        assertThat(tracker.hasRun()).isTrue();
    }

    @Test
    void progressOfEachStoreIsShownUntilItIsRestored() {
        tracker.onRestoreStart(TIMERS, "timers", 100, 200);
        tracker.onRestoreStart(STATES, "task-states", 0, 900);
        tracker.onBatchRestored(STATES, "task-states", 500, 500);
        tracker.onBatchRestored(STATES, "task-states", 600, 100);
        assertThat(tracker.restorations())
                .containsExactly(
                        new StoreRestoration("task-states", 3, 600, 900), new StoreRestoration("timers", 4, 0, 100));
        tracker.onRestoreEnd(TIMERS, "timers", 100);
        tracker.onRestoreSuspended(STATES, "task-states", 600);
        assertThat(tracker.restorations()).isEmpty();
    }

    @Test
    void restorationLogsStartProgressAndEnd() {
        tracker.onRestoreStart(STATES, "task-states", 0, 900);
        tracker.onRestoreStart(TIMERS, "timers", 100, 200);
        tracker.onBatchRestored(STATES, "task-states", 500, 500);
        assertThat(lines())
                .singleElement()
                .asString()
                .contains("up to 1000 records", "partitions [3, 4]", "unclean stop", "Nothing is lost");
        seconds.set(10);
        tracker.onBatchRestored(STATES, "task-states", 600, 100);
        assertThat(lines()).hasSize(1);
        seconds.set(31);
        tracker.onBatchRestored(TIMERS, "timers", 200, 100);
        assertThat(lines()).last().asString().contains("700 of up to 1000 records", "2 stores");
        tracker.onRestoreEnd(TIMERS, "timers", 100);
        tracker.onBatchRestored(STATES, "task-states", 900, 290);
        seconds.set(40);
        tracker.onRestoreEnd(STATES, "task-states", 890);
        assertThat(lines())
                .hasSize(3)
                .last()
                .isEqualTo("State is rebuilt from Kafka: 990 records in 40 s. Nothing was lost.");
    }

    @Test
    void cleanStartLogsNothing() {
        tracker.onRestoreStart(STATES, "task-states", 899, 900); // a transaction marker
        tracker.onRestoreEnd(STATES, "task-states", 0);
        assertThat(lines()).isEmpty();
        assertThat(tracker.restoring()).isEmpty();
    }

    @Test
    void suspendedPartitionIsNotReportedAsRestored() {
        tracker.onRestoreStart(STATES, "task-states", 0, 900);
        tracker.onBatchRestored(STATES, "task-states", 500, 500);
        tracker.onRestoreSuspended(STATES, "task-states", 500);
        assertThat(lines()).hasSize(1);
        tracker.onRestoreStart(TIMERS, "timers", 0, 7);
        tracker.onBatchRestored(TIMERS, "timers", 7, 7);
        tracker.onRestoreEnd(TIMERS, "timers", 7);
        assertThat(lines()).hasSize(3).last().asString().contains(": 7 records");
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}

package dev.ratchet.stream.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Errors and warnings of the monitor, which do not stop its thread. */
class ConsumerLagMonitorLogTest extends ConsumerLagMonitorFixture {
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
}

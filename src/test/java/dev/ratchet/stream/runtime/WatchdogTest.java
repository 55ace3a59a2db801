package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class WatchdogTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Map<String, Object> STUCK = Map.of("events-3 is not read on, offset", 42L);

    @TempDir
    Path folder;

    private final List<Throwable> ends = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Watchdog.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Callable<Map<String, Object>> work = () -> STUCK;
    private Map<String, Object> stalledAtEnd = Map.of();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    @Test
    void stallStopsStreamOnceAndLogsWorkAndDiskSpace() {
        Watchdog watchdog = watchdog(LIMIT, folder);
        check(watchdog, 0, 6);
        assertThat(ends).singleElement().asString().contains("No progress for 300 s");
        assertThat(stalledAtEnd).as("liveness fails no later").isEqualTo(STUCK);
        assertThat(errors())
                .singleElement()
                .asString()
                .contains("no progress for 300 s", "events-3 is not read on, offset=42", " MiB of ", folder.toString());
    }

    @Test
    void unansweredRequestsAreNoStall() {
        assertNoStallDuring(() -> {
            throw new TimeoutException();
        });
    }

    @Test
    void failedRequestsAreNoStall() {
        assertNoStallDuring(() -> {
            throw new ExecutionException(new TimeoutException());
        });
    }

    private void assertNoStallDuring(Callable<Map<String, Object>> away) {
        Watchdog watchdog = watchdog(LIMIT, folder);
        check(watchdog, 0, 4);
        work = away;
        check(watchdog, 5, 20);
        work = () -> STUCK;
        check(watchdog, 21, 25);
        assertThat(ends).isEmpty();
        check(watchdog, 26, 26);
        assertThat(ends).hasSize(1);
    }

    @Test
    void unreadableDiskSpaceDoesNotPreventStop() {
        check(watchdog(LIMIT, folder.resolve("gone")), 0, 5);
        assertThat(ends).hasSize(1);
        assertThat(errors()).singleElement().asString().contains("unknown, ", "NoSuchFileException");
    }

    @Test
    void errorDoesNotStopWatchdogThread() {
        Thread main = Thread.currentThread();
        work = () -> {
            assertThat(Thread.currentThread()).isNotSameAs(main);
            if (log.list.isEmpty()) {
                throw new NoClassDefFoundError("gone");
            }
            return STUCK;
        };
        try (Watchdog watchdog = watchdog(Duration.ofMillis(200), folder)) {
            watchdog.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> !ends.isEmpty());
        }
        assertThat(errors().get(0)).contains("Cannot check whether the stream is stalled");
    }

    private Watchdog watchdog(Duration limit, Path state) {
        Watchdog[] created = new Watchdog[1];
        created[0] = new Watchdog(limit, () -> work.call(), state, failure -> {
            stalledAtEnd = created[0].stalled();
            ends.add(failure);
        });
        return created[0];
    }

    /** Checks once per minute of the given range. */
    private static void check(Watchdog watchdog, long from, long to) {
        for (long minute = from; minute <= to; minute++) {
            watchdog.check(Duration.ofMinutes(minute).toNanos());
        }
    }

    private List<String> errors() {
        return log.list.stream()
                .filter(line -> line.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}

package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ratchet.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StartupWaitTest {
    private final AtomicInteger attempts = new AtomicInteger();
    private final List<String> waits = new ArrayList<>();

    @Test
    void missingTopicsAreWaitedFor() {
        assertThat(new StartupWait(Duration.ofMinutes(5), waits::add).await(() -> {
                    if (attempts.incrementAndGet() < 2) {
                        throw new TopicsNotReadyException(List.of("none"));
                    }
                    return "there";
                }))
                .isEqualTo("there");
        assertThat(attempts).hasValue(2);
        assertThat(waits).singleElement().asString().contains("ratchet topics apply");
    }

    @Test
    void eachThingThatIsWaitedForIsLoggedOnce() {
        Logger logger = (Logger) LoggerFactory.getLogger(StartupWait.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            new StartupWait(Duration.ofMinutes(5), waits::add).await(() -> {
                int attempt = attempts.incrementAndGet();
                if (attempt == 1) {
                    throw new RegistryUnavailableException("away", null);
                }
                if (attempt < 4) {
                    throw new TopicsNotReadyException(List.of("none"));
                }
                return "there";
            });
        } finally {
            logger.detachAppender(log);
        }
        assertThat(waits).hasSize(3);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        first -> assertThat(first).contains("RATCHET-1015", "the schema registry does not answer"),
                        second -> assertThat(second).contains("RATCHET-1015", "the topics are not ready"));
    }

    @Test
    void zeroDurationAllowsOneAttempt() {
        StartupWait wait = new StartupWait(Duration.ZERO, waits::add);
        assertThatThrownBy(() -> wait.await(() -> {
                    attempts.incrementAndGet();
                    throw new TopicsNotReadyException(List.of("none"));
                }))
                .isInstanceOf(TopicsNotReadyException.class)
                .hasMessage("none");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void otherFailureIsNotRetried() {
        StartupWait wait = new StartupWait(Duration.ofMinutes(5), waits::add);
        assertThatThrownBy(() -> wait.await(() -> {
                    attempts.incrementAndGet();
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
        assertThat(attempts).hasValue(1);
    }
}

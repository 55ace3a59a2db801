package dev.ratchet.stream.progress;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class KafkaAvailabilityTest {
    private static final Instant START = Instant.parse("2026-07-01T13:08:47.900Z");

    private final AtomicLong seconds = new AtomicLong();
    private final KafkaAvailability kafka = new KafkaAvailability(
            () -> START.plusSeconds(seconds.get()).toEpochMilli(), () -> TimeUnit.SECONDS.toNanos(seconds.get()));
    private final Logger logger = (Logger) LoggerFactory.getLogger(KafkaAvailability.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(ch.qos.logback.classic.Level.INFO);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void outageLogsStartAndEnd() {
        kafka.onAnswer();
        seconds.set(6);
        kafka.onNoAnswer(0, new TimeoutException("no answer"));
        seconds.set(17);
        kafka.onNoAnswer(TimeUnit.SECONDS.toNanos(11), new TimeoutException("no answer"));
        seconds.set(38);
        kafka.onAnswer();
        kafka.onAnswer();
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0))
                .startsWith("WARN RATCHET-1208 Kafka is away since 2026-07-01T13:08:47Z")
                .contains("TimeoutException: no answer");
        assertThat(lines().get(1)).isEqualTo("INFO Kafka is back after 38 s");
    }

    @Test
    void errorFromBrokerIsAnAnswer() {
        assertThat(KafkaAvailability.isUnanswered(new ExecutionException(new GroupAuthorizationException("g"))))
                .isFalse();
        assertThat(KafkaAvailability.isUnanswered(
                        new ExecutionException(new org.apache.kafka.common.errors.TimeoutException("late"))))
                .isTrue();
        assertThat(KafkaAvailability.isUnanswered(new ExecutionException(DisconnectException.INSTANCE)))
                .isTrue();
    }

    private List<String> lines() {
        return log.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }
}

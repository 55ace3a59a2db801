package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ratchet.state.StateFormat;
import dev.ratchet.state.UnreadableStateException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class ThreadFailureHandlerTest {
    private static final long START = 42;
    private final StreamsException passing = new StreamsException(new TimeoutException("no broker"));

    @Test
    void allowedFailuresScaleWithThreads() {
        assertThat(countReplacements(new ThreadFailureHandler(1))).isEqualTo(5);
        assertThat(countReplacements(new ThreadFailureHandler(6))).isEqualTo(30);
    }

    @Test
    void backoffGrowsWithEachRoundOfFailures() {
        assertThat(backoffs(new ThreadFailureHandler(1), 5)).containsExactly(1L, 2L, 4L, 8L, 8L);
        assertThat(backoffs(new ThreadFailureHandler(2), 6)).containsExactly(1L, 1L, 2L, 2L, 4L, 4L);
    }

    @Test
    void backoffIsShorterThanTransactionTimeout() {
        ThreadFailureHandler failures = new ThreadFailureHandler(1);
        for (int failure = 0; failure < 100; failure++) {
            long now = START + Duration.ofMinutes(3L * failure).toNanos();
            assertThat(failures.pauseAfter(passing, now))
                    .hasValueSatisfying(pause -> assertThat(pause).isLessThan(Duration.ofSeconds(10)));
        }
    }

    @Test
    void oldFailuresDoNotCount() {
        long start =
                Long.MAX_VALUE - Duration.ofMinutes(7).toNanos(); // close to overflow, which System.nanoTime may reach
        ThreadFailureHandler failures = new ThreadFailureHandler(1);
        for (int failure = 0; failure < 5; failure++) {
            assertThat(failures.pauseAfter(passing, start)).isPresent();
        }
        assertThat(failures.pauseAfter(passing, start + Duration.ofMinutes(10).toNanos()))
                .isEmpty();
        assertThat(failures.pauseAfter(passing, start + Duration.ofMinutes(11).toNanos()))
                .hasValueSatisfying(pause -> assertThat(pause).hasSeconds(2));
    }

    static Stream<Throwable> fatalFailures() {
        return Stream.of(
                new SaslAuthenticationException("wrong password"),
                new TransactionalIdAuthorizationException("no grant"),
                new MissingSourceTopicException("gone"),
                new UnsatisfiedLinkError("librocksdbjni"),
                PartitionsChangedException.whileRunning("events", 2, 3),
                assertThrows(UnreadableStateException.class, () -> new StateFormat("timers", 1, 1).check((byte) 2)),
                new OutOfMemoryError());
    }

    @ParameterizedTest
    @MethodSource("fatalFailures")
    void fatalFailureStopsImmediately(Throwable cause) {
        assertThat(new ThreadFailureHandler(6).pauseAfter(new StreamsException("wrapped", cause), START))
                .isEmpty();
        assertThat(FatalFailure.advice(cause)).isPresent();
    }

    @Test
    void failureLogsAllCausesAndStackTraceOncePerKind() {
        Logger logger = (Logger) LoggerFactory.getLogger(ThreadFailureHandler.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        ThreadFailureHandler failures = new ThreadFailureHandler(1);
        failures.pauseAfter(
                new StreamsException(new TimeoutException("no broker", new ClosedChannelException())), START);
        failures.pauseAfter(
                new StreamsException(new TimeoutException("no broker again", new ClosedChannelException())), START);
        failures.pauseAfter(passing, START);
        logger.detachAppender(log);
        assertThat(log.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.ERROR);
        assertThat(log.list.get(0).getFormattedMessage())
                .startsWith("RATCHET-1006 A stream thread failed and is replaced in 1 s: StreamsException;"
                        + " caused by TimeoutException: no broker; caused by ClosedChannelException")
                .contains("\tat " + getClass().getName());
        assertThat(log.list.get(1).getFormattedMessage())
                .contains("no broker again")
                .doesNotContain("\tat ");
        assertThat(log.list.get(2).getFormattedMessage()).contains("\tat ");
    }

    private int countReplacements(ThreadFailureHandler failures) {
        int countReplacements = 0;
        while (failures.pauseAfter(passing, START).isPresent()) {
            countReplacements++;
        }
        return countReplacements;
    }

    private List<Long> backoffs(ThreadFailureHandler failures, int count) {
        return Stream.generate(() -> failures.pauseAfter(passing, START))
                .limit(count)
                .map(Optional::orElseThrow)
                .map(Duration::toSeconds)
                .toList();
    }

    @Test
    void specificAdviceWinsOverGeneralAdvice() {
        assertThat(FatalFailure.advice(new SaslAuthenticationException("who?")))
                .hasValueSatisfying(advice -> assertThat(advice).contains("credentials"));
        assertThat(FatalFailure.advice(new TopicAuthorizationException("no")))
                .hasValueSatisfying(advice -> assertThat(advice).contains("permission"));
        assertThat(FatalFailure.advice(new InvalidReplicationFactorException("all brokers are fenced")))
                .as("starting brokers")
                .isEmpty();
        assertThat(FatalFailure.advice(new RecordBatchTooLargeException("large")))
                .as("dead-lettered at the second attempt")
                .isEmpty();
    }
}

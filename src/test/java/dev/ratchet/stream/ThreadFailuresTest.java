package dev.ratchet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ratchet.wire.StoredFormat;
import dev.ratchet.wire.UnreadableStateException;
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

class ThreadFailuresTest {
    private static final long START = 42;
    private final StreamsException passing = new StreamsException(new TimeoutException("no broker"));

    @Test
    void eachThreadMayFailAsOftenAsASingleOne() {
        assertThat(borne(new ThreadFailures(1))).isEqualTo(5);
        assertThat(borne(new ThreadFailures(6))).isEqualTo(30);
    }

    @Test
    void pausesGrowWithEachRoundOfFailures() {
        assertThat(pauses(new ThreadFailures(1), 5)).containsExactly(1L, 2L, 4L, 8L, 8L);
        assertThat(pauses(new ThreadFailures(2), 6)).containsExactly(1L, 1L, 2L, 2L, 4L, 4L);
    }

    @Test
    void noPauseIsAsLongAsATransactionMayTake() {
        ThreadFailures failures = new ThreadFailures(1);
        for (int failure = 0; failure < 100; failure++) {
            long now = START + Duration.ofMinutes(3L * failure).toNanos();
            assertThat(failures.pauseAfter(passing, now))
                    .hasValueSatisfying(pause -> assertThat(pause).isLessThan(Duration.ofSeconds(10)));
        }
    }

    static Stream<Throwable> hopeless() {
        return Stream.of(
                new SaslAuthenticationException("wrong password"),
                new TransactionalIdAuthorizationException("no grant"),
                new MissingSourceTopicException("gone"),
                new UnsatisfiedLinkError("librocksdbjni"),
                PartitionsChangedException.whileRunning("events", 2, 3),
                assertThrows(UnreadableStateException.class, () -> new StoredFormat("timers", 1, 1).check((byte) 2)),
                new OutOfMemoryError());
    }

    @ParameterizedTest
    @MethodSource("hopeless")
    void whatCannotGetBetterEndsAtOnce(Throwable cause) {
        assertThat(new ThreadFailures(6).pauseAfter(new StreamsException("wrapped", cause), START))
                .isEmpty();
        assertThat(HopelessFailure.advice(cause)).isPresent();
    }

    private int borne(ThreadFailures failures) {
        int borne = 0;
        while (failures.pauseAfter(passing, START).isPresent()) {
            borne++;
        }
        return borne;
    }

    private List<Long> pauses(ThreadFailures failures, int count) {
        return Stream.generate(() -> failures.pauseAfter(passing, START))
                .limit(count)
                .map(Optional::orElseThrow)
                .map(Duration::toSeconds)
                .toList();
    }

    @Test
    void theSpecialFailureIsAdvisedOnBeforeTheGeneralOneOfItsKind() {
        assertThat(HopelessFailure.advice(new SaslAuthenticationException("who?")))
                .hasValueSatisfying(advice -> assertThat(advice).contains("credentials"));
        assertThat(HopelessFailure.advice(new TopicAuthorizationException("no")))
                .hasValueSatisfying(advice -> assertThat(advice).contains("permit"));
        assertThat(HopelessFailure.advice(new InvalidReplicationFactorException("all brokers are fenced")))
                .as("brokers that start")
                .isEmpty();
        assertThat(HopelessFailure.advice(new RecordBatchTooLargeException("large")))
                .as("dead-lettered at the second reading")
                .isEmpty();
    }
}

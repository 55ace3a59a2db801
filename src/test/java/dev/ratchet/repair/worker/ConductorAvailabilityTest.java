package dev.ratchet.repair.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConductorAvailabilityTest {
    private long now = 5;
    private final ConductorAvailability availability = new ConductorAvailability(
            RepairWorker.backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), new Random(3)), () -> now);

    @Test
    void answersCauseNoPause() {
        assertThat(availability.remainingPause()).isZero();
        availability.onAnswer();
        assertThat(availability.remainingPause()).isZero();
    }

    @Test
    void retryAfterIsRespected() {
        availability.onUnavailable("t1", failure(Duration.ofSeconds(40)));
        assertThat(availability.remainingPause()).isEqualTo(Duration.ofSeconds(40));

        now += Duration.ofSeconds(39).toNanos();
        assertThat(availability.remainingPause()).isEqualTo(Duration.ofSeconds(1));
        now += Duration.ofSeconds(2).toNanos();
        assertThat(availability.remainingPause()).isZero();
    }

    @Test
    void retryAfterIsLimitedToFiveMinutes() {
        availability.onUnavailable("t1", failure(Duration.ofDays(11)));

        assertThat(availability.remainingPause()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void pausesGrowWithinTheirBounds() {
        for (int tries = 1; tries < 50; tries++) {
            availability.onUnavailable("t1", failure(null));
            assertThat(availability.remainingPause())
                    .isLessThanOrEqualTo(Duration.ofSeconds(Math.min(8, 1L << Math.min(tries - 1, 10))));
        }
    }

    @Test
    void eachChangeOfAvailabilityIsLoggedOnce() {
        try (LogCapture log = new LogCapture(ConductorAvailability.class)) {
            availability.onAnswer();
            availability.onUnavailable("t1", failure(null));
            availability.onUnavailable("t1", failure(null));
            now += Duration.ofSeconds(90).toNanos();
            availability.onAnswer();
            availability.onAnswer();
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(0))
                    .matches(
                            "WARN RATCHET-2104 Conductor is unavailable since 20\\S+Z; all repairs and audits wait until"
                                    + " it answers. error=down");
            assertThat(log.lines().get(1)).isEqualTo("INFO Conductor is available again. unavailableFor=PT1M30S");
        }
    }

    @Test
    void outageIsShownFromFirstFailureUntilFirstAnswer() {
        assertThat(availability.since()).isEmpty();
        assertThat(availability.answeredAt()).isEmpty();
        availability.onUnavailable("t1", failure(null));
        assertThat(availability.since()).isPresent();
        availability.onUnansweredProbe();
        assertThat(availability.since()).isPresent();
        assertThat(availability.remainingPause()).isPositive();
        availability.onAnswer();
        assertThat(availability.since()).isEmpty();
        assertThat(availability.answeredAt()).isPresent();
    }

    @Test
    void oneFailingTaskDoesNotPauseOthers() {
        try (LogCapture log = new LogCapture(ConductorAvailability.class)) {
            for (int i = 0; i < 9; i++) {
                availability.onUnavailable("t1", about("500"));
                assertThat(availability.remainingPause()).isZero();
            }
            availability.onAnswer();
            availability.onUnavailable("t2", about("500"));
            assertThat(availability.remainingPause()).isZero();
            assertThat(log.lines())
                    .containsExactly(
                            "WARN RATCHET-2103 Conductor does not answer about a task; the command is retried. task=t1, error=500",
                            "WARN RATCHET-2103 Conductor does not answer about a task; the command is retried. task=t2, error=500");
        }
    }

    @Test
    void twoConsecutiveFailingTasksMakeConductorUnavailable() {
        availability.onUnavailable("t1", about("500"));
        availability.onUnavailable("t2", about("500"));
        now += Duration.ofSeconds(1).toNanos();
        try (LogCapture log = new LogCapture(ConductorAvailability.class)) {
            availability.onAnswer();
            assertThat(log.lines()).containsExactly("INFO Conductor is available again. unavailableFor=PT1S");
        }
    }

    @Test
    void uncertainFailuresPauseForSecondsAtMost() {
        ConductorAvailability patient = new ConductorAvailability(
                RepairWorker.backoff(Duration.ofSeconds(30), Duration.ofSeconds(30), new Random(3)), () -> now);
        for (int i = 0; i < 50; i++) {
            patient.onUnavailable("t" + i, about("500"));
            assertThat(patient.remainingPause()).isLessThanOrEqualTo(Duration.ofSeconds(4));
        }
        assertThat(patient.remainingPause()).isPositive();
    }

    private static ConductorUnavailableException about(String message) {
        return new ConductorUnavailableException(message, Scope.REQUEST, (Throwable) null);
    }

    private static ConductorUnavailableException failure(Duration retryAfter) {
        return new ConductorUnavailableException("down", Scope.ALL_REQUESTS, retryAfter);
    }
}

package dev.ratchet.repair.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import dev.ratchet.repair.Backoff;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConductorAvailabilityTest {
    private long now = 5;
    private final ConductorAvailability away = new ConductorAvailability(
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(8), new Random(3)), () -> now);

    @Test
    void whoAnswersMayBeAskedAtOnce() {
        assertThat(away.left()).isZero();
        away.answered();
        assertThat(away.left()).isZero();
    }

    @Test
    void whatConductorAsksForItGets() {
        away.unavailable("t1", failure(Duration.ofSeconds(40)));
        assertThat(away.left()).isEqualTo(Duration.ofSeconds(40));

        now += Duration.ofSeconds(39).toNanos();
        assertThat(away.left()).isEqualTo(Duration.ofSeconds(1));
        now += Duration.ofSeconds(2).toNanos();
        assertThat(away.left()).isZero();
    }

    @Test
    void butNotForEver() {
        away.unavailable("t1", failure(Duration.ofDays(11)));

        assertThat(away.left()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void elseTheWaitsGrowWithinTheirBounds() {
        for (int tries = 1; tries < 50; tries++) {
            away.unavailable("t1", failure(null));
            assertThat(away.left()).isLessThanOrEqualTo(Duration.ofSeconds(Math.min(8, 1L << Math.min(tries - 1, 10))));
        }
    }

    @Test
    void itTellsWhenItGoesAndWhenItIsBackAndNothingBetween() {
        try (Told told = new Told(ConductorAvailability.class)) {
            away.answered();
            away.unavailable("t1", failure(null));
            away.unavailable("t1", failure(null));
            now += Duration.ofSeconds(90).toNanos();
            away.answered();
            away.answered();
            assertThat(told.lines())
                    .containsExactly(
                            "WARN Conductor gives no answer, and is asked again until it does: down",
                            "INFO Conductor answers again, after PT1M30S");
        }
    }

    @Test
    void oneTaskThatGetsNoAnswerSaysNothingAboutOthers() {
        try (Told told = new Told(ConductorAvailability.class)) {
            for (int i = 0; i < 9; i++) {
                away.unavailable("t1", about("500"));
                assertThat(away.left()).isZero();
            }
            away.answered();
            away.unavailable("t2", about("500"));
            assertThat(away.left()).isZero();
            assertThat(told.lines())
                    .containsExactly(
                            "WARN Conductor gives no answer about task t1, and is asked about it again until it does: 500",
                            "WARN Conductor gives no answer about task t2, and is asked about it again until it does: 500");
        }
    }

    @Test
    void twoTasksRunningThatGetNoAnswerShowThatConductorIsAway() {
        away.unavailable("t1", about("500"));
        away.unavailable("t2", about("500"));
        now += Duration.ofSeconds(1).toNanos();
        try (Told told = new Told(ConductorAvailability.class)) {
            away.answered();
            assertThat(told.lines()).containsExactly("INFO Conductor answers again, after PT1S");
        }
    }

    @Test
    void whatMayBeTheTasksKeepsOthersWaitingForSecondsAtMost() {
        ConductorAvailability patient = new ConductorAvailability(
                new Backoff(Duration.ofSeconds(30), Duration.ofSeconds(30), new Random(3)), () -> now);
        for (int i = 0; i < 50; i++) {
            patient.unavailable("t" + i, about("500"));
            assertThat(patient.left()).isLessThanOrEqualTo(Duration.ofSeconds(4));
        }
        assertThat(patient.left()).isPositive();
    }

    private static ConductorUnavailableException about(String message) {
        return new ConductorUnavailableException(message, Scope.QUESTION, (Throwable) null);
    }

    private static ConductorUnavailableException failure(Duration retryAfter) {
        return new ConductorUnavailableException("down", Scope.ALL, retryAfter);
    }
}

package dev.ratchet.conductor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResilientConductorClientTest {
    private static final ClientLimits LIMITS = new ClientLimits(4, 3, Duration.ofSeconds(30));

    private final RuntimeException isAway =
            new ConductorUnavailableException("away", Scope.ALL_REQUESTS, (Throwable) null);
    private final List<String> asked = new ArrayList<>();
    private final List<Duration> waited = new ArrayList<>();
    private RuntimeException failure;
    private Instant now = Instant.EPOCH;

    private final ResilientConductorClient conductor = new ResilientConductorClient(
            new Scripted(),
            new AtomicRateLimiter(
                    "test",
                    LIMITS.rateConfig(),
                    () -> Duration.between(Instant.EPOCH, now).toNanos()),
            LIMITS.circuit(new Ticking()),
            LIMITS.rest(),
            this::passes);

    @Test
    void everyQuestionIsPassedOnAndAnswered() {
        assertThat(conductor.task("t1")).isEmpty();
        assertThat(conductor.workflow("w1")).contains(new ConductorWorkflow("w1", "RUNNING"));
        conductor.update(new TaskUpdate("t1", "w1", TaskStatus.FAILED, TaskOutput.NONE));
        conductor.decide("w1");

        assertThat(asked).containsExactly("task", "workflow", "update", "decide");
    }

    @Test
    void questionsAreSpreadEvenly() {
        for (int i = 0; i < 9; i++) {
            conductor.task("t1");
        }

        assertThat(now).isEqualTo(Instant.EPOCH.plusSeconds(2));
        assertThat(waited).hasSize(8).allMatch(wait -> wait.equals(Duration.ofMillis(250)));
    }

    @Test
    void whoComesRarelyDoesNotWait() {
        for (int i = 0; i < 9; i++) {
            conductor.task("t1");
            later(Duration.ofMillis(250));
        }

        assertThat(waited).isEmpty();
    }

    @Test
    void theCircuitOpensAfterSomeFailuresRunning() {
        away(3);

        later(Duration.ofSeconds(29));
        failure = null;
        assertThatThrownBy(() -> conductor.task("t1"))
                .hasMessage("Not sent: the circuit breaker is open after several failures")
                .isInstanceOfSatisfying(
                        ConductorUnavailableException.class,
                        e -> assertThat(e.retryAfter()).contains(LIMITS.rest()));
        assertThat(asked).hasSize(3);
    }

    @Test
    void oneAnswerBetweenKeepsItClosed() {
        away(2);
        failure = null;
        conductor.task("t1");
        away(2);

        assertThat(asked).hasSize(5);
        failure = null;
        assertThatCode(() -> conductor.task("t1")).doesNotThrowAnyException();
    }

    @Test
    void aRefusalIsAnAnswer() {
        failure = new ConductorRefusedException("GET /tasks/t1", 409, "no");
        for (int i = 0; i < 9; i++) {
            assertThatThrownBy(() -> conductor.task("t1")).isSameAs(failure);
        }
    }

    @Test
    void whatMayBeWrongWithOneTaskAloneOpensNothing() {
        failure = new ConductorUnavailableException("500", Scope.REQUEST, (Throwable) null);
        for (int i = 0; i < 9; i++) {
            assertThatThrownBy(() -> conductor.task("t1")).isSameAs(failure);
        }
    }

    @Test
    void oneQuestionTriesWhetherConductorIsBack() {
        away(3);
        later(LIMITS.rest().plusMillis(1));
        failure = null;

        conductor.task("t1");
        conductor.task("t1");

        assertThat(asked).hasSize(5);
    }

    @Test
    void ifItIsNotTheCircuitStaysOpen() {
        away(3);
        later(LIMITS.rest().plusMillis(1));
        away(1);

        assertThatThrownBy(() -> conductor.task("t1")).hasMessageStartingWith("Not sent");
        assertThat(asked).hasSize(4);
    }

    @Test
    void whoWouldWaitTooLongIsSentAway() {
        var impatient = new ResilientConductorClient(
                new Scripted(),
                new AtomicRateLimiter("test", LIMITS.rateConfig(), () -> 0L),
                LIMITS.circuit(),
                LIMITS.rest(),
                wait -> {});
        for (int i = 0; i < 41; i++) {
            impatient.task("t1");
        }

        assertThatThrownBy(() -> impatient.task("t1")).hasMessage("Not sent: too many requests wait already");
    }

    @Test
    void whatIsBuiltForUseAnswersToo() {
        assertThat(new ResilientConductorClient(new Scripted(), LIMITS).task("t1"))
                .isEmpty();
    }

    private void away(int times) {
        failure = isAway;
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> conductor.task("t1")).isSameAs(isAway);
        }
    }

    private void passes(Duration wait) {
        waited.add(wait);
        later(wait);
    }

    private void later(Duration duration) {
        now = now.plus(duration);
    }

    private final class Ticking extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final class Scripted implements ConductorClient {
        @Override
        public Optional<ConductorTask> task(String taskId) {
            ask("task");
            return Optional.empty();
        }

        @Override
        public Optional<ConductorWorkflow> workflow(String workflowId) {
            ask("workflow");
            return Optional.of(new ConductorWorkflow(workflowId, "RUNNING"));
        }

        @Override
        public void update(TaskUpdate update) {
            ask("update");
        }

        @Override
        public void decide(String workflowId) {
            ask("decide");
        }

        private void ask(String method) {
            asked.add(method);
            if (failure != null) {
                throw failure;
            }
        }
    }
}

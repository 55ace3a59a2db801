package dev.ratchet.conductor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;
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
    private static final int PER_SECOND = 50;
    private static final Duration OPEN_TIME = Duration.ofSeconds(30);

    private final RuntimeException unavailable =
            new ConductorUnavailableException("down", Scope.ALL_REQUESTS, (Throwable) null);
    private final List<String> asked = new ArrayList<>();
    private RuntimeException failure;
    private Instant now = Instant.EPOCH;

    private final ResilientConductorClient conductor =
            new ResilientConductorClient(new Scripted(), PER_SECOND, 3, OPEN_TIME, new Ticking());

    @Test
    void everyRequestIsPassedOn() {
        assertThat(conductor.task("t1")).isEmpty();
        assertThat(conductor.workflow("w1")).contains(new ConductorWorkflow("w1", "RUNNING"));
        conductor.update(new TaskUpdate("t1", "w1", TaskStatus.FAILED, TaskOutput.NONE));
        conductor.decide("w1");

        assertThat(asked).containsExactly("task", "workflow", "update", "decide");
    }

    @Test
    void requestsAreSpreadEvenly() {
        long start = System.nanoTime();
        for (int i = 0; i < 11; i++) {
            conductor.task("t1");
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(180), Duration.ofSeconds(5));
    }

    @Test
    void requestInterruptedWhileWaitingIsNotSent() {
        conductor.task("t1");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> conductor.task("t1"))
                .isInstanceOfSatisfying(
                        ConductorUnavailableException.class,
                        e -> assertThat(e.wasSent()).isFalse());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(asked).hasSize(1);
    }

    @Test
    void circuitOpensAfterConsecutiveFailures() {
        fail(3);

        later(Duration.ofSeconds(29));
        failure = null;
        assertThatThrownBy(() -> conductor.task("t1"))
                .hasMessage("Not sent: the circuit breaker is open after several failures")
                .isInstanceOfSatisfying(
                        ConductorUnavailableException.class,
                        e -> assertThat(e.retryAfter()).contains(OPEN_TIME));
        assertThat(asked).hasSize(3);
    }

    @Test
    void answerBetweenFailuresKeepsCircuitClosed() {
        fail(2);
        failure = null;
        conductor.task("t1");
        fail(2);

        assertThat(asked).hasSize(5);
        failure = null;
        assertThatCode(() -> conductor.task("t1")).doesNotThrowAnyException();
    }

    @Test
    void refusalIsNoFailure() {
        failure = new ConductorRefusedException("GET /tasks/t1", 409, "no");
        for (int i = 0; i < 9; i++) {
            assertThatThrownBy(() -> conductor.task("t1")).isSameAs(failure);
        }
    }

    @Test
    void failureOfOneTaskDoesNotOpenCircuit() {
        failure = new ConductorUnavailableException("500", Scope.REQUEST, (Throwable) null);
        for (int i = 0; i < 9; i++) {
            assertThatThrownBy(() -> conductor.task("t1")).isSameAs(failure);
        }
    }

    @Test
    void oneRequestProbesOpenCircuit() {
        fail(3);
        later(OPEN_TIME.plusMillis(1));
        failure = null;

        conductor.task("t1");
        conductor.task("t1");

        assertThat(asked).hasSize(5);
    }

    @Test
    void failedProbeKeepsCircuitOpen() {
        fail(3);
        later(OPEN_TIME.plusMillis(1));
        fail(1);

        assertThatThrownBy(() -> conductor.task("t1")).hasMessageStartingWith("Not sent");
        assertThat(asked).hasSize(4);
    }

    @Test
    void systemClockIsDefault() {
        assertThat(new ResilientConductorClient(new Scripted(), PER_SECOND, 3, OPEN_TIME).task("t1"))
                .isEmpty();
    }

    private void fail(int times) {
        failure = unavailable;
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> conductor.task("t1")).isSameAs(unavailable);
        }
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

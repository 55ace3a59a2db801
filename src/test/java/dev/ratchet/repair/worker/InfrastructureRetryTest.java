package dev.ratchet.repair.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ratchet.registry.RegistryUnavailableException;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

class InfrastructureRetryTest {
    private final ShutdownSignal stop = new ShutdownSignal();
    private final InfrastructureRetry retry = new InfrastructureRetry(IntervalFunction.of(1), stop);
    private final Queue<RuntimeException> failures = new ArrayDeque<>();

    @Test
    void retriableFailureIsRetriedAndLoggedOnce() {
        failures.addAll(List.of(
                new TimeoutException("away"),
                new RegistryUnavailableException("away too", new IllegalStateException()),
                new TimeoutException("away")));
        try (LogCapture log = new LogCapture(InfrastructureRetry.class)) {
            assertThat(retry.call(this::act)).isEqualTo("done");
            assertThat(log.lines()).singleElement().asString().contains("RATCHET-2102", "away");
        }
    }

    @Test
    void otherFailureIsThrown() {
        failures.add(new TopicAuthorizationException("commands"));

        assertThatThrownBy(() -> retry.call(this::act)).isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void shutdownEndsPause() {
        stop.request();
        failures.add(new TimeoutException("away"));

        assertThatThrownBy(() -> retry.call(this::act)).isInstanceOf(WakeupException.class);
    }

    /** A worker that retries is not stuck. */
    @Test
    void eachTryCounts() {
        failures.add(new TimeoutException("away"));
        await().until(() -> retry.sinceLastTry().compareTo(Duration.ofMillis(50)) > 0);
        retry.call(() -> {
            assertThat(retry.sinceLastTry()).isLessThan(Duration.ofMillis(50));
            await().until(() -> retry.sinceLastTry().compareTo(Duration.ofMillis(50)) > 0);
            return act();
        });
    }

    private String act() {
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        return "done";
    }
}

package dev.ratchet.repair.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.registry.RegistryUnavailableException;
import dev.ratchet.repair.Backoff;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class InfrastructureRetryTest {
    private final ShutdownSignal stop = new ShutdownSignal();
    private final InfrastructureRetry retry =
            new InfrastructureRetry(new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), new Random(1)), stop);
    private final Queue<RuntimeException> failures = new ArrayDeque<>();

    @Test
    void whatMayMendIsOutlastedAndToldOnce() {
        failures.addAll(List.of(
                new TimeoutException("away"),
                new RegistryUnavailableException("away too", new IllegalStateException()),
                new TimeoutException("away")));
        try (Told requested = new Told(InfrastructureRetry.class)) {
            assertThat(retry.call(this::act)).isEqualTo("done");
            assertThat(requested.lines()).singleElement().asString().contains("RATCHET-2102", "away");
        }
    }

    @Test
    void whatDoesNotMendIsNot() {
        failures.add(new TopicAuthorizationException("commands"));

        assertThatThrownBy(() -> retry.call(this::act)).isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void whoIsToldToEndDoesNotWait() {
        stop.request();
        failures.add(new TimeoutException("away"));

        assertThatThrownBy(() -> retry.call(this::act)).isInstanceOf(ShutdownSignal.ShutdownException.class);
    }

    private String act() {
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        return "done";
    }
}

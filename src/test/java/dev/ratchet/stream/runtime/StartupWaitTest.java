package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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

package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StartupWaitTest {
    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void whatIsNotThereYetIsWaitedFor() {
        assertThat(new StartupWait(Duration.ofMinutes(5)).await(() -> {
                    if (tries.incrementAndGet() < 2) {
                        throw new TopicsNotReadyException(List.of("none"));
                    }
                    return "there";
                }))
                .isEqualTo("there");
        assertThat(tries).hasValue(2);
    }

    @Test
    void withoutTimeThereIsOneTry() {
        StartupWait wait = new StartupWait(Duration.ZERO);
        assertThatThrownBy(() -> wait.await(() -> {
                    tries.incrementAndGet();
                    throw new TopicsNotReadyException(List.of("none"));
                }))
                .isInstanceOf(TopicsNotReadyException.class)
                .hasMessage("none");
        assertThat(tries).hasValue(1);
    }

    @Test
    void whatAWaitCannotMendIsNotWaitedFor() {
        StartupWait wait = new StartupWait(Duration.ofMinutes(5));
        assertThatThrownBy(() -> wait.await(() -> {
                    tries.incrementAndGet();
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
        assertThat(tries).hasValue(1);
    }
}

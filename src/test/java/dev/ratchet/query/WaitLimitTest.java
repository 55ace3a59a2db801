package dev.ratchet.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.http.ErrorResponse;
import dev.ratchet.http.RequestRejectedException;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class WaitLimitTest {
    private final WaitLimit limit = new WaitLimit(1, "requests");
    private final CompletableFuture<String> running = new CompletableFuture<>();

    @Test
    void oneMoreIsUnavailableUntilAnotherEnds() {
        var unused = limit.run(() -> running);
        assertThatThrownBy(() -> limit.run(() -> running))
                .asInstanceOf(InstanceOfAssertFactories.type(RequestRejectedException.class))
                .extracting(RequestRejectedException::response)
                .isEqualTo(ErrorResponse.refused(503, "Expected at most 1 requests at once, but got another"));
        running.completeExceptionally(new IllegalStateException());
        assertThat(limit.run(() -> CompletableFuture.completedFuture("done"))).isCompletedWithValue("done");
    }

    @Test
    void failedStartGivesThePlaceBack() {
        assertThatThrownBy(() -> limit.run(() -> {
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(limit.run(() -> CompletableFuture.completedFuture("done"))).isCompletedWithValue("done");
    }
}

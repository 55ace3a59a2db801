package dev.ratchet.task;

import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StatusHistoryTest {

    @Test
    void earlierTimeCountsAtEqualSequence() {
        StatusHistory history =
                StatusHistory.NONE.with(new Observation(COMPLETED, 3, 7)).with(new Observation(COMPLETED, 3, 5));
        assertThat(history.spans()).containsExactly(3, 5, 3, 5);
        assertThat(history.with(new Observation(COMPLETED, 3, 7))).isSameAs(history);
    }

    @Test
    void historiesDifferByStatusAndSequence() {
        assertThat(StatusHistory.NONE.with(new Observation(COMPLETED, 3, 3)))
                .isNotEqualTo(StatusHistory.NONE.with(new Observation(FAILED, 3, 3)));
        assertThat(StatusHistory.NONE.with(new Observation(COMPLETED, 3, 3)))
                .isNotEqualTo(StatusHistory.NONE.with(new Observation(COMPLETED, 4, 3)));
    }

    @Test
    void wrongNumberOfSpansThrows() {
        assertThatThrownBy(() -> StatusHistory.of(0b1, new long[3]))
                .hasMessage("Expected four numbers for each of the statuses 1, but got 3");
        int unknown = 1 << TaskStatus.values().length;
        assertThatThrownBy(() -> StatusHistory.of(unknown, new long[4])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void historyCopiesItsSpans() {
        long[] spans = {3, 3, 3, 3};
        StatusHistory history = StatusHistory.of(COMPLETED.bit(), spans);
        spans[0] = 9;
        history.spans()[0] = 9;
        assertThat(history).isEqualTo(StatusHistory.NONE.with(new Observation(COMPLETED, 3, 3)));
    }

    @Test
    void emptyHistoryHasNoLatestObservation() {
        assertThatThrownBy(StatusHistory.NONE::latest)
                .hasMessage("Expected at least one observation, but the history is empty");
    }
}

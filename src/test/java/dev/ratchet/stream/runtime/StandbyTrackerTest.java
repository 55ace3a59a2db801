package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener.SuspendReason;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;

class StandbyTrackerTest {
    private static final TopicPartition STATES = new TopicPartition("ratchet-task-states-changelog", 3);

    private final StandbyTracker tracker = new StandbyTracker();

    @Test
    void lagIsWhatIsNotLoaded() {
        tracker.onUpdateStart(STATES, "task-states", 10);
        assertThat(tracker.standbys()).containsExactly(new StandbyProgress("task-states", 3, 10, -1));
        assertThat(tracker.standbys().get(0).lag()).isZero();
        tracker.onBatchLoaded(STATES, "task-states", new TaskId(0, 3), 89, 80, 120);
        assertThat(tracker.standbys()).containsExactly(new StandbyProgress("task-states", 3, 90, 120));
        assertThat(tracker.standbys().get(0).lag()).isEqualTo(30);
        tracker.onUpdateSuspended(STATES, "task-states", 90, 120, SuspendReason.PROMOTED);
        assertThat(tracker.standbys()).isEmpty();
    }
}

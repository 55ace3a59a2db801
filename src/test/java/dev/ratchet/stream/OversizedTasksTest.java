package dev.ratchet.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OversizedTasksTest {
    private static final TopicPartition CDC = new TopicPartition("cdc", 3);
    private static final TopicPartition EVENTS = new TopicPartition("events", 3);
    private static final TopicPartition OTHER = new TopicPartition("cdc", 4);

    private final OversizedTasks tasks = new OversizedTasks();

    @Test
    void onlyRecordsReadBeforeAreRefused() {
        tasks.position(CDC).set(7);
        tasks.position(EVENTS).set(2);
        tasks.position(OTHER).set(9);
        tasks.add("t1", 3, "too large");

        assertThat(tasks.refusal("t1", CDC, 7)).contains("too large");
        assertThat(tasks.refusal("t1", CDC, 8)).isEmpty();
        assertThat(tasks.refusal("t1", EVENTS, 2)).contains("too large");
        assertThat(tasks.refusal("t1", EVENTS, 3)).isEmpty();
        assertThat(tasks.refusal("t1", OTHER, 0)).isEmpty();
        assertThat(tasks.refusal("t2", CDC, 7)).isEmpty();
        assertThat(tasks.contains("t1")).isTrue();
        assertThat(tasks.contains("t2")).isFalse();
    }

    @Test
    void repeatedRefusalMovesPosition() {
        tasks.position(CDC).set(7);
        tasks.add("t1", 3, "too large");
        tasks.position(CDC).set(20);
        tasks.add("t1", 3, "still too large");
        assertThat(tasks.refusal("t1", CDC, 20)).contains("still too large");
    }

    @Test
    void oldestTaskIsForgotten() {
        tasks.add("first", 3, "too large");
        tasks.add("second", 3, "too large");
        tasks.add("first", 3, "too large");
        for (int i = 0; i < 999; i++) {
            tasks.add("t" + i, 3, "too large");
        }
        assertThat(tasks.contains("second")).isFalse();
        assertThat(tasks.contains("first")).isTrue();
    }

    @Test
    void instanceIsFoundInSettingsOrThrows() {
        assertThat(OversizedTasks.in(Map.of(OversizedTasks.CONFIG, tasks))).isSameAs(tasks);
        assertThatThrownBy(() -> OversizedTasks.in(Map.of())).isInstanceOf(IllegalStateException.class);
    }
}

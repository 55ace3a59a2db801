package dev.ratchet.state;

import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class TrackedTaskCodecTest {
    private final TrackedTaskCodec codec = new TrackedTaskCodec();

    @Test
    void notFoundCountSurvivesRoundTrip() {
        TrackedTask tracked = new TrackedTask(TaskStateCodecTest.state(), 1, 2, 3, 4, 5, 1);
        assertThat(codec.read(codec.write(tracked))).isEqualTo(tracked);
    }

    @Test
    void timesSurviveRoundTrip() {
        long[] times = {0, 1, 1_795_359_836_565L, 1_795_359_836_566L, 1_795_359_836_564L, TrackedTask.NEVER};
        for (long settleAt : times) {
            for (long due : times) {
                TrackedTask tracked =
                        new TrackedTask(TaskStateCodecTest.state(), 1_795_359_836_565L, settleAt, due, due, settleAt);
                assertThat(codec.read(codec.write(tracked))).isEqualTo(tracked);
            }
        }
    }

    @Test
    void timesAndCountTakeFewBytes() {
        long now = 1_795_359_836_565L;
        TrackedTask tracked = new TrackedTask(
                TaskStateCodecTest.state(),
                now,
                TrackedTask.NEVER,
                TrackedTask.NEVER,
                now + 900_000,
                TrackedTask.NEVER);
        assertThat(codec.write(tracked).length - TaskStateCodecTest.write(TaskStateCodecTest.state()).length)
                .isLessThanOrEqualTo(13);
    }

    @Test
    void truncatedBytesAreRejected() {
        byte[] bytes = codec.write(new TrackedTask(TaskStateCodecTest.state(), 1, 2, 3, 4, 5));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> codec.read(cut)).isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void capturedOutputSurvivesRoundTrip() {
        CapturedOutput full = new CapturedOutput(
                3, FAILED, -1, new TaskOutput(Optional.of("{\"ü\":1}"), "path", "w", "because", "sub"));
        assertThat(CapturedOutput.of(full.toBytes())).isEqualTo(full);
        CapturedOutput cut = new CapturedOutput(3, FAILED, -1, full.payload().withoutOutput());
        assertThat(CapturedOutput.of(cut.toBytes())).isEqualTo(cut);
        CapturedOutput empty = new CapturedOutput(1, COMPLETED, Long.MAX_VALUE, TaskOutput.NONE);
        assertThat(CapturedOutput.of(empty.toBytes())).isEqualTo(empty);
    }
}

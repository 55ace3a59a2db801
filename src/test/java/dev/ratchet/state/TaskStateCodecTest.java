package dev.ratchet.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.Outcome;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TaskStateCodecTest {
    private static final StateFormat FORMAT = new StateFormat("id", 1, 1);

    @Test
    void truncatedBytesAreRejected() {
        byte[] bytes = write(state());
        for (int length = 1; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(UnreadableStateException.class);
        }
        assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(UnreadableStateException.class);
    }

    @Test
    void excessiveCountIsRejectedWithoutAllocation() {
        assertThatThrownBy(() -> read(HexFormat.of().parseHex("05feffffff0f")))
                .isInstanceOf(UnreadableStateException.class)
                .hasMessage(
                        "Expected task state in format 5 to 6, but the bytes are damaged, or a later version of Ratchet"
                                + " wrote them: delete the state folder (docs/upgrade.md); Ratchet rebuilds it from Kafka. If the"
                                + " error returns, run the later version, or start again with 'ratchet reset'");
        assertThatThrownBy(() -> read(HexFormat.of().parseHex("0501"))) // minus one
                .isInstanceOf(UnreadableStateException.class);
    }

    @Test
    void emptyBytesAreRejected() {
        assertThatThrownBy(() -> read(new byte[0]))
                .isInstanceOf(UnreadableStateException.class)
                .hasMessage("Expected task state in format 5 to 6, but got no bytes: delete the state folder"
                        + " (docs/upgrade.md); Ratchet rebuilds it from Kafka. If the error returns, run the later version, or"
                        + " start again with 'ratchet reset'");
    }

    @Test
    void typicalTaskIsSmall() {
        assertThat(write(state()).length).isLessThan(400);
    }

    @Test
    void scheduledStartedAndEndedTaskIsSmall() {
        TaskState state =
                StatusReducer.reduceFirst(event(TaskStatus.SCHEDULED, 0, 10, 0)).state();
        state = next(state, event(TaskStatus.IN_PROGRESS, 0, 20, 0));
        state = next(state, event(TaskStatus.COMPLETED, 0, 30, 1_795_359_836_565L));
        assertThat(write(state).length).isLessThanOrEqualTo(165);
    }

    @Test
    void idsSurviveRoundTripWhetherUuidsOrNot() {
        for (String id : new String[] {
            "375f1cc8-0000-4ab1-9ee5-9a3c06215266",
            "375F1CC8-0000-4AB1-9EE5-9A3C06215266",
            "00375f1cc8-0-4ab1-9ee5-9a3c062152660",
            "375f1cc8-0000-4ab1-9ee5-9a3c0621526ü",
            "-",
            "",
            "a-task-of-another-maker-of-that-size"
        }) {
            byte[] packed = new VarintWriter().id(id).take(FORMAT);
            assertThat(VarintReader.readAll(packed, FORMAT, VarintReader::id)).isEqualTo(id);
        }
        assertThat(new VarintWriter().id("375f1cc8-0000-4ab1-9ee5-9a3c06215266").take(FORMAT))
                .hasSize(1 + 1 + 1 + 16);
    }

    /** A task with something in every field: reopened, completed, overwritten, deleted. */
    static TaskState state() {
        TaskState state = StatusReducer.reduceFirst(event(TaskStatus.IN_PROGRESS, 0, 10, 0))
                .state();
        state = next(state, event(TaskStatus.FAILED, 0, 20, 1_795_359_836_565L));
        state = next(state, event(TaskStatus.SCHEDULED, 1, 30, 0));
        state = next(state, event(TaskStatus.COMPLETED, 1, 40, 1_795_359_837_000L));
        state = next(state, event(TaskStatus.IN_PROGRESS, 1, 50, 0));
        return StatusReducer.reduceDeletion(state, EventSource.CDC, 94_036_090);
    }

    /** What is published has the time of its event. */
    private static TaskState next(TaskState state, StatusEvent event) {
        Outcome outcome = StatusReducer.reduce(state, event);
        return outcome instanceof Outcome.Accepted accepted
                ? accepted.withTimestamp(event.occurredAt(), event.occurredAt()).state()
                : outcome.state();
    }

    private static StatusEvent event(TaskStatus status, int retryCount, long at, long endTime) {
        return new StatusEvent(
                new TaskIdentity("f9caf8e8-cf5e-4ab1-9ee5-9a3c06215266", "375f1cc8", "upload", "HTTP", "upload__3"),
                status,
                0,
                94_036_024 + at,
                1_795_359_826_411L + at,
                EventSource.CDC,
                new EpochEvidence(
                        new EpochKey(1_795_359_826_408L, retryCount),
                        1_795_359_826_429L,
                        endTime,
                        3,
                        Flag.NO,
                        Flag.YES,
                        600,
                        5));
    }

    static byte[] write(TaskState state) {
        return new TaskStateCodec().append(state).take(TaskStateCodec.FORMAT);
    }

    private static TaskState read(byte[] bytes) {
        return VarintReader.readAll(bytes, TaskStateCodec.FORMAT, TaskStateCodec::state);
    }
}

package dev.ratchet.wire;

import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.task.Payload;
import dev.ratchet.watch.Watched;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class WatchedCodecTest {
    private final WatchedCodec codec = new WatchedCodec();

    @Test
    void theCountIsReadAgain() {
        Watched watched = new Watched(StateCodecTest.state(), 1, 2, 3, 4, 5, 1);
        assertThat(codec.read(codec.write(watched))).isEqualTo(watched);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        long[] times = {0, 1, 1_795_359_836_565L, 1_795_359_836_566L, 1_795_359_836_564L, Watched.NEVER};
        for (long settleAt : times) {
            for (long due : times) {
                Watched watched = new Watched(StateCodecTest.state(), 1_795_359_836_565L, settleAt, due, due, settleAt);
                assertThat(codec.read(codec.write(watched))).isEqualTo(watched);
            }
        }
    }

    @Test
    void theTimesAndTheCountTakeFewBytes() {
        long now = 1_795_359_836_565L;
        Watched watched =
                new Watched(StateCodecTest.state(), now, Watched.NEVER, Watched.NEVER, now + 900_000, Watched.NEVER);
        assertThat(codec.write(watched).length - new StateCodec().write(StateCodecTest.state()).length)
                .isLessThanOrEqualTo(13);
    }

    @Test
    void brokenBytesAreRefusedWhereverTheyAreCut() {
        byte[] bytes = codec.write(new Watched(StateCodecTest.state(), 1, 2, 3, 4, 5));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> codec.read(cut)).isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void aCapturedEndIsReadAgain() {
        Captured full =
                new Captured(3, FAILED, -1, new Payload(Optional.of("{\"ü\":1}"), "path", "w", "because", "sub"));
        assertThat(Captured.of(full.toBytes())).isEqualTo(full);
        Captured cut = new Captured(3, FAILED, -1, full.payload().withoutOutput());
        assertThat(Captured.of(cut.toBytes())).isEqualTo(cut);
        Captured empty = new Captured(1, COMPLETED, Long.MAX_VALUE, Payload.NONE);
        assertThat(Captured.of(empty.toBytes())).isEqualTo(empty);
    }
}

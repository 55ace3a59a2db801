package dev.ratchet.wire;

import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.task.Payload;
import dev.ratchet.watch.Watched;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class WatchedCodecTest {
    /** What version 4 wrote; it must be read for as long as stores of that version may exist. */
    private static final String VERSION_4 =
            "04c001ac81d7599288c7bcc068000201100c08120404d087c7bcc068020606062ac0a50102d087c7bcc0680006062ada9e01020490adc8bcc068fa87c7bcc06806140e000000002828282814141414041414022828d087c7bcc06802fa87c7bcc06800060204b0090a020414140814020100000a000227270008131300000000000414140a02282800aaa6c8bcc068040001829f49f9caf8e8cf5e4ab19ee59a3c06215266333735663163633875706c6f61644854545075706c6f61645f5f33";

    private final WatchedCodec codec = new WatchedCodec();

    @Test
    void readsWhatVersion4WroteWhichKnewOfNoCount() {
        assertThat(codec.read(HexFormat.of().parseHex(VERSION_4)))
                .isEqualTo(new Watched(
                        StateCodecTest.state(),
                        1_795_359_836_565L,
                        1_795_359_836_566L,
                        Watched.NEVER,
                        1_795_359_836_564L,
                        1_795_360_436_565L,
                        0));
    }

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
        byte[] later = empty.toBytes();
        later[0] = 9;
        assertThatThrownBy(() -> Captured.of(later))
                .isInstanceOf(SerializationException.class)
                .hasMessage("Expected state in format 2 to 4, but got format 9, which another version wrote");
    }

    @Test
    void aCapturedEndOfFormat3IsReadAndIsComplete() {
        byte[] full = HexFormat.of().parseHex("03140602089a01020e08020e067b2275223a317d706174687762656361757365737562");
        assertThat(Captured.of(full))
                .isEqualTo(new Captured(
                        3, FAILED, 77, new Payload(Optional.of("{\"u\":1}"), "path", "w", "because", "sub")));
    }

    @Test
    void aCapturedEndOfFormat2IsReadThoughItDoesNotSayHowTheTaskEnded() {
        byte[] full = HexFormat.of().parseHex("0210069a01020e08020e067b2275223a317d706174687762656361757365737562");
        assertThat(Captured.of(full))
                .isEqualTo(new Captured(
                        3, Optional.empty(), 77, new Payload(Optional.of("{\"u\":1}"), "path", "w", "because", "sub")));
        assertThat(Captured.of(HexFormat.of().parseHex("020e020a0000000000")))
                .isEqualTo(new Captured(1, Optional.empty(), 5, Payload.NONE));
    }
}

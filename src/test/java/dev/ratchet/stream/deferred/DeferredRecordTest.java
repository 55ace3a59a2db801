package dev.ratchet.stream.deferred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.state.UnreadableStateException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class DeferredRecordTest {
    private static final byte[] VALUE = {0, 0, 0, 0, 9, 1};

    private final Record<byte[], byte[]> read = new Record<>(
            "t1".getBytes(StandardCharsets.UTF_8),
            VALUE,
            77,
            new RecordHeaders().add("a", new byte[] {5}).add("b", null));

    @Test
    void recordSurvivesRoundTrip() {
        DeferredRecord kept = new DeferredRecord(3, 99, read);
        DeferredRecord back = DeferredRecord.of(3, kept.toBytes());
        assertThat(back.read().key()).isEqualTo(read.key());
        assertThat(back.read().value()).isEqualTo(VALUE);
        assertThat(back.read().timestamp()).isEqualTo(77);
        assertThat(back.read().headers()).isEqualTo(read.headers());
        assertThat(back.since()).isEqualTo(99);
        assertThat(back.schema()).isEqualTo(9);
        assertThat(kept.size()).isEqualTo(kept.toBytes().length);
    }

    @Test
    void absentValuesSurviveRoundTrip() {
        DeferredRecord back =
                DeferredRecord.of(3, new DeferredRecord(3, 99, new Record<>((byte[]) null, null, 77)).toBytes());
        assertThat(back.read().key()).isNull();
        assertThat(back.read().value()).isNull();
        assertThat(back.schema()).isEqualTo(-1);
    }

    /** In the stores of all who have run this version. */
    @Test
    void bytesMatchGoldenFormat() {
        assertThat(HexFormat.of().formatHex(new DeferredRecord(3, 99, read).toBytes()))
                .isEqualTo("01" + "0000000000000063" + "000000000000004d" + "00000002" + "7431" + "00000006"
                        + "000000000901" + "00000001" + "61" + "00000001" + "05" + "00000001" + "62" + "ffffffff");
        assertThatThrownBy(() -> DeferredRecord.of(3, new byte[] {2, 0}))
                .isInstanceOf(UnreadableStateException.class)
                .hasMessageContaining("record that waits for its schema in format 1, but got format 2");
        assertThatThrownBy(() -> DeferredRecord.of(3, new byte[] {1, 0})).isInstanceOf(UnreadableStateException.class);
        assertThatThrownBy(() -> DeferredRecord.of(3, new byte[0]))
                .isInstanceOf(UnreadableStateException.class)
                .hasMessageContaining("but got no bytes: delete the state folder");
    }
}

package dev.ratchet.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.avro.io.BinaryData;
import org.junit.jupiter.api.Test;

class VarintsTest {
    @Test
    void anyNumberIsWrittenAsAvroDoesAndReadAgain() {
        Random random = new Random(1);
        LongStream edges = LongStream.of(0, 1, -1, 63, 64, -64, -65, Long.MAX_VALUE, Long.MIN_VALUE);
        LongStream others = LongStream.generate(() -> random.nextLong() >> random.nextInt(64))
                .limit(10_000);
        LongStream.concat(edges, others).forEach(number -> {
            byte[] avro = new byte[Varints.LONGEST];
            int length = BinaryData.encodeLong(number, avro, 0);
            ByteBuffer out = ByteBuffer.allocate(Varints.LONGEST);
            Varints.write(number, out);
            assertThat(Arrays.copyOf(out.array(), out.position())).isEqualTo(Arrays.copyOf(avro, length));
            assertThat(Varints.read(out.flip())).isEqualTo(number);
        });
    }

    @Test
    void brokenBytesAreRefused() {
        ByteBuffer cut = ByteBuffer.wrap(HexFormat.of().parseHex("ff"));
        assertThatThrownBy(() -> Varints.read(cut)).isInstanceOf(BufferUnderflowException.class);
        ByteBuffer endless = ByteBuffer.wrap(HexFormat.of().parseHex("ff".repeat(11)));
        assertThatThrownBy(() -> Varints.read(endless))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected a number of at most 10 bytes, but it is longer");
    }
}

package dev.ratchet.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VarintsTest {
    private static final StateFormat FORMAT = new StateFormat("numbers", 1, 1);

    @Test
    void numbersSurviveRoundTrip() {
        Random random = new Random(1);
        LongStream edges = LongStream.of(0, 1, -1, 63, 64, -64, -65, Long.MAX_VALUE, Long.MIN_VALUE);
        LongStream others = LongStream.generate(() -> random.nextLong() >> random.nextInt(64))
                .limit(10_000);
        List<Long> numbers = LongStream.concat(edges, others).boxed().toList();
        VarintWriter out = new VarintWriter();
        byte[] bytes = out.list(numbers, out::number).take(FORMAT);
        List<Long> read = VarintReader.readAll(bytes, FORMAT, in -> in.list(in::number));
        assertThat(read).isEqualTo(numbers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "ffffffffffffffffffffff", "0480808080808080808080", "02ff"})
    void malformedBytesAreRejected(String numbers) {
        byte[] bytes = HexFormat.of().parseHex("01" + numbers);
        assertThatThrownBy(() -> VarintReader.readAll(bytes, FORMAT, VarintReader::number))
                .isInstanceOf(UnreadableStateException.class);
    }
}

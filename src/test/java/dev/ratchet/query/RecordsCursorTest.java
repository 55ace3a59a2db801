package dev.ratchet.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.http.RequestRejectedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsCursorTest {
    @Test
    void cursorIsReadAsItWasWritten() {
        Map<Integer, Long> offsets = Map.of(0, 17L, 11, 0L, 2, 999_999_999_999L);
        String text = Objects.requireNonNull(RecordsCursor.write(offsets));
        assertThat(text).matches("[\\w-]+");
        assertThat(RecordsCursor.PARAMETER.parse(text)).isEqualTo(offsets);
        assertThat(RecordsCursor.write(Map.of())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0:", "0:x", "0:1,", "-1:1", "0:9999999999999999999", "x:1"})
    void otherTextIsRejected(String offsets) {
        assertRejected(Base64.getUrlEncoder().encodeToString(offsets.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void textThatIsNoBase64OrTooLongIsRejected() {
        assertRejected("*");
        assertRejected("A".repeat(20_001));
    }

    private static void assertRejected(String cursor) {
        assertThatThrownBy(() -> RecordsCursor.PARAMETER.parse(cursor))
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageStartingWith("Expected cursor to be 'next' of an earlier answer, but got '");
    }
}

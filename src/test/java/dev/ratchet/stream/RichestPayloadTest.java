package dev.ratchet.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.Payload;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RichestPayloadTest {
    private static final Payload FULL = new Payload(Optional.of("{\"a\":1}"), "path", "worker", "reason", "sub");

    @Test
    void whatOneReportHasBeatsWhatTheOtherLacks() {
        assertThat(RichestPayload.of(FULL, Payload.NONE)).isEqualTo(FULL);
        assertThat(RichestPayload.of(Payload.NONE, FULL)).isEqualTo(FULL);
        Payload output = new Payload(Optional.of("{\"a\":1}"), "", "worker", "", "");
        Payload others = new Payload(Optional.empty(), "path", "", "reason", "sub");
        assertThat(RichestPayload.of(output, others)).isEqualTo(FULL);
        assertThat(RichestPayload.of(others, output)).isEqualTo(FULL);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', nullValues = "none", textBlock = """
            none, {},      {}
            {},   none,    {}
            {},   {"a":1}, {"a":1}
            {"a":1}, {},   {"a":1}
            {"a":1}, ` { } `, {"a":1}
            {"a":1}, {"b":2}, {"b":2}
            """)
    void anOutputBeatsAnEmptyOneWhichBeatsNoneAndTheLaterAnEarlierAsRich(String earlier, String later, String richest) {
        assertThat(RichestPayload.of(output(earlier), output(later))).isEqualTo(output(richest));
    }

    @Test
    void whereBothAreAsRichTheLaterReportCounts() {
        Payload later = new Payload(Optional.of("{\"b\":2}"), "path-2", "worker-2", "reason-2", "sub-2");
        assertThat(RichestPayload.of(FULL, later)).isEqualTo(later);
    }

    /** Whatever the order: what was left out is not made good by what another report carries. */
    @Test
    void whatIsIncompleteStaysSo() {
        Payload cut = new Payload(Optional.of("{\"b\":2}"), "", "", "", "").withoutOutput();
        assertThat(RichestPayload.of(FULL, cut).complete()).isFalse();
        assertThat(RichestPayload.of(cut, FULL).complete()).isFalse();
        assertThat(RichestPayload.of(FULL, FULL).complete()).isTrue();
    }

    private static Payload output(String json) {
        return new Payload(Optional.ofNullable(json), "", "", "", "");
    }
}

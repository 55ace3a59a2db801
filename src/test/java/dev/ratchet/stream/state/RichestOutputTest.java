package dev.ratchet.stream.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.TaskOutput;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RichestOutputTest {
    private static final TaskOutput FULL = new TaskOutput(Optional.of("{\"a\":1}"), "path", "worker", "reason", "sub");

    @Test
    void presentFieldsWinOverMissingOnes() {
        assertThat(RichestOutput.of(FULL, TaskOutput.NONE)).isEqualTo(FULL);
        assertThat(RichestOutput.of(TaskOutput.NONE, FULL)).isEqualTo(FULL);
        TaskOutput output = new TaskOutput(Optional.of("{\"a\":1}"), "", "worker", "", "");
        TaskOutput others = new TaskOutput(Optional.empty(), "path", "", "reason", "sub");
        assertThat(RichestOutput.of(output, others)).isEqualTo(FULL);
        assertThat(RichestOutput.of(others, output)).isEqualTo(FULL);
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
    void mostCompleteOutputWins(String earlier, String later, String richest) {
        assertThat(RichestOutput.of(output(earlier), output(later))).isEqualTo(output(richest));
    }

    @Test
    void laterReportWinsIfBothAreComplete() {
        TaskOutput later = new TaskOutput(Optional.of("{\"b\":2}"), "path-2", "worker-2", "reason-2", "sub-2");
        assertThat(RichestOutput.of(FULL, later)).isEqualTo(later);
    }

    /** In any order: another report does not complete an incomplete output. */
    @Test
    void incompleteOutputStaysIncomplete() {
        TaskOutput cut = new TaskOutput(Optional.of("{\"b\":2}"), "", "", "", "").withoutOutput();
        assertThat(RichestOutput.of(FULL, cut).complete()).isFalse();
        assertThat(RichestOutput.of(cut, FULL).complete()).isFalse();
        assertThat(RichestOutput.of(FULL, FULL).complete()).isTrue();
    }

    private static TaskOutput output(String json) {
        return new TaskOutput(Optional.ofNullable(json), "", "", "", "");
    }
}

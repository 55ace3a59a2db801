package dev.ratchet.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextLimitsTest {
    @Test
    void longTextIsCutAndStatesItsLength() {
        String text = "x".repeat(1_500_000);
        String cut = TextLimits.cut(text, 100);
        assertThat(cut).hasSize(100).startsWith("xxx").endsWith("x… (cut, 1500000 characters)");
        assertThat(TextLimits.cut(text.toCharArray(), 0, text.length(), 100)).isEqualTo(cut);
        assertThat(TextLimits.cut("abc" + text, 100)).startsWith("abcx");
        assertThat(TextLimits.cut(("##" + text).toCharArray(), 2, text.length(), 100))
                .isEqualTo(cut);
    }

    @Test
    void textAtLimitIsNotCut() {
        String text = "x".repeat(100);
        assertThat(TextLimits.cut(text, 100)).isSameAs(text);
        assertThat(TextLimits.cut(text.toCharArray(), 1, 99, 99)).isEqualTo("x".repeat(99));
    }

    @Test
    void surrogatePairsAreNotSplit() {
        for (String before : new String[] {"", "x"}) {
            String text = before + "😀".repeat(100);
            for (String cut :
                    new String[] {TextLimits.cut(text, 60), TextLimits.cut(text.toCharArray(), 0, text.length(), 60)}) {
                assertThat(cut).hasSizeBetween(59, 60);
                assertThat(cut.codePoints()).noneMatch(one -> Character.getType(one) == Character.SURROGATE);
            }
        }
    }

    @Test
    void longNamesAreCut() {
        String name = "n".repeat(256);
        TaskIdentity task = new TaskIdentity("t1", "w1", name, name, name);
        for (String cut : new String[] {task.workflowType(), task.taskType(), task.referenceTaskName()}) {
            assertThat(cut).hasSize(TextLimits.NAME).endsWith("… (cut, 256 characters)");
        }
    }

    @Test
    void workerIdAndReasonOfOutputAreCut() {
        String text = "x".repeat(1_500_000);
        TaskOutput payload = new TaskOutput(Optional.of("{}"), "path", text, text, "sub");
        assertThat(payload.workerId()).hasSize(TextLimits.NAME);
        assertThat(payload.reasonForIncompletion()).hasSize(TextLimits.REASON);
        assertThat(payload.complete()).isTrue();
    }

    @Test
    void longReferencesAreLeftOut() {
        TaskOutput child = new TaskOutput(Optional.of("{\"a\":1}"), "", "", "", "s".repeat(256));
        assertThat(child).isEqualTo(new TaskOutput(Optional.of("{\"a\":1}"), "", "", "", "", false));
        assertThat(new TaskOutput(Optional.empty(), "", "", "", "s".repeat(255)).complete())
                .isTrue();
        assertThat(new TaskOutput(Optional.empty(), "p".repeat(1_024), "", "", "").complete())
                .isTrue();
    }

    /** Conductor leaves {} in the row of an output in external storage. */
    @Test
    void externalOutputWithoutPathIsIncomplete() {
        assertThat(new TaskOutput(Optional.of("{}"), "p".repeat(1_025), "w", "r", "s"))
                .isEqualTo(new TaskOutput(Optional.empty(), "", "w", "r", "s", false));
    }
}

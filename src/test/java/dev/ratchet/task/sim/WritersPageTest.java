package dev.ratchet.task.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Golden;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page that shows what the rule makes of Conductor's writers is written from both. */
class WritersPageTest {
    @Test
    void pageShowsRuleDecisionForEachWriter() {
        Golden.check(Path.of("docs/epochs-writers.md"), WritersPage.of());
    }

    @Test
    void eachWriterHasSamples() {
        var shown = Arrays.stream(TaskKind.values())
                .flatMap(kind -> WriterSample.of(kind).stream())
                .map(WriterSample::writer)
                .collect(Collectors.toSet());

        assertThat(shown).containsExactlyInAnyOrderElementsOf(Writer.all());
    }
}

package dev.ratchet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Golden;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
    @Test
    void theReferenceIsThatOfTheDeclarations() {
        Golden.check(Path.of("docs/settings.md"), SettingsReference.markdown(List.of()));
    }

    @Test
    void itSaysWhatRatchetSetsItself() {
        assertThat(SettingsReference.markdown(List.of("application.id", "state.dir")))
                .endsWith("\nRatchet itself sets `application.id`, `state.dir`.\n");
    }

    @Test
    void everySettingHasAGroupAndATextThatFitsATable() {
        assertThat(Declared.all())
                .hasSameSizeAs(Declared.DEFINITION.names())
                .allSatisfy(key -> assertThat(key.documentation + key.validator)
                        .isNotBlank()
                        .doesNotContain("|", "\n"));
    }
}

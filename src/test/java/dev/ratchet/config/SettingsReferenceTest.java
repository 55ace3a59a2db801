package dev.ratchet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Golden;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
    @Test
    void theReferenceIsThatOfTheDeclarations() {
        Golden.check(Path.of("docs/settings.md"), SettingsReference.markdown());
    }

    @Test
    void everySettingHasAGroupAndATextThatFitsATable() {
        assertThat(SettingDefinitions.all())
                .hasSameSizeAs(SettingDefinitions.DEFINITION.names())
                .allSatisfy(key -> assertThat(key.documentation + key.validator)
                        .isNotBlank()
                        .doesNotContain("|", "\n"));
    }
}

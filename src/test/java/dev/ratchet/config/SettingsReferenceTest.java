package dev.ratchet.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Golden;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
    @Test
    void referenceMatchesDeclarations() {
        Golden.check(Path.of("docs/settings.md"), SettingsReference.markdown());
    }

    @Test
    void eachSettingHasOneTableRow() {
        List<String> lines = SettingsReference.markdown().lines().toList();
        assertThat(SettingDefinitions.GROUPS).hasSize(13);
        assertThat(SettingDefinitions.ALL.keySet())
                .allSatisfy(name -> assertThat(lines.stream().filter(line -> line.startsWith("| `" + name + "` |")))
                        .singleElement()
                        .asString()
                        .matches("(\\| [^|]+ ){5}\\|"));
    }
}

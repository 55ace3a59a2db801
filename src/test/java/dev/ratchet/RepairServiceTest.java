package dev.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepairServiceTest {
    private static final String WITHOUT_ADDRESS = ": ratchet.conductor.url is not set";

    @Test
    void whatIsWantedInVainIsTold() {
        assertThat(RepairService.missingUrlWarning(settings(Map.of())))
                .contains("Nothing is repaired" + WITHOUT_ADDRESS);
        assertThat(RepairService.missingUrlWarning(
                        settings(Map.of("ratchet.audit.mode", "on", "ratchet.repair.mode", "off"))))
                .contains("Nothing is repaired or audited" + WITHOUT_ADDRESS);
        assertThat(RepairService.missingUrlWarning(settings(Map.of("ratchet.repair.mode", "off"))))
                .isEmpty();
        assertThat(RepairService.missingUrlWarning(settings(Map.of("ratchet.conductor.url", "http://a/api"))))
                .isEmpty();
    }

    private static Settings settings(Map<String, String> values) {
        return Settings.load(Optional.empty(), Map.of(), values);
    }
}

package dev.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepairServiceTest {
    @Test
    void missingConductorUrlIsReportedUnlessRepairIsOff() {
        assertThat(RepairService.missingUrlWarning(settings(Map.of())))
                .contains("Nothing is repaired: ratchet.conductor.url is not set");
        assertThat(RepairService.missingUrlWarning(settings(Map.of("ratchet.repair.mode", "off"))))
                .isEmpty();
        assertThat(RepairService.missingUrlWarning(settings(Map.of("ratchet.conductor.url", "http://a/api"))))
                .isEmpty();
    }

    private static Settings settings(Map<String, String> values) {
        return Settings.load(Optional.empty(), Map.of(), values);
    }
}

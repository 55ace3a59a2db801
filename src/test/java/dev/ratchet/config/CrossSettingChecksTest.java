package dev.ratchet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossSettingChecksTest {
    @ParameterizedTest
    @CsvSource({"ratchet.repair.mode,apply", "ratchet.audit.mode,on"})
    void repairAndAuditRequireConductorUrl(String mode, String value) {
        assertThat(TestSettings.mistakes(mode, value))
                .containsExactly("--set: Expected ratchet.conductor.url to be set, since " + mode + " is " + value
                        + ", but it is not: without it nothing is asked or repaired.");
        assertThat(TestSettings.mistakes(() -> TestSettings.overrides(
                        Map.of(mode, value, "ratchet.conductor.url", "http://localhost:8080/api"))))
                .isEmpty();
    }

    @Test
    void settleTimeMustBeShorterThanCaptureTime() {
        assertThat(TestSettings.mistakes("ratchet.repair.settle", "PT1H"))
                .containsExactly(
                        "--set: Expected ratchet.repair.settle to be shorter than ratchet.repair.capture, which"
                                + " is PT1H, but got 'PT1H': the output of a task would be gone before the task is repaired.");
        assertThat(TestSettings.mistakes(() -> TestSettings.overrides(
                        Map.of("ratchet.repair.settle", "PT1H", "ratchet.repair.capture", "PT2H"))))
                .isEmpty();
    }

    @Test
    void invalidDurationIsOneMistake() {
        assertThat(TestSettings.mistakes("ratchet.repair.settle", "long"))
                .singleElement()
                .asString()
                .contains("'long'");
        assertThat(TestSettings.mistakes("ratchet.repair.capture", "long"))
                .singleElement()
                .asString()
                .contains("'long'");
    }

    @Test
    void longSettleTimeIsWarning() {
        assertThat(TestSettings.overrides(Map.of("ratchet.repair.settle", "PT31S"))
                        .warnings())
                .containsExactly("--set: Expected ratchet.repair.settle to be at most PT30S, but got 'PT31S'. Conductor"
                        + " executes a task that fell back to SCHEDULED a second time before it is repaired.");
        assertThat(TestSettings.overrides(Map.of("ratchet.repair.settle", "PT30S"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void streamNeedsAtLeastOneThread() {
        assertThat(TestSettings.mistakes("kafka.num.stream.threads", "0"))
                .containsExactly("--set: Expected kafka.num.stream.threads to be 1 or more, but got '0'.");
        assertThat(TestSettings.mistakes("kafka.num.stream.threads", "-1"))
                .containsExactly("--set: Expected kafka.num.stream.threads to be 1 or more, but got '-1'.");
    }
}

package dev.ratchet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConductorSettingsTest {
    @ParameterizedTest
    @CsvSource({"Authorization, Bearer s3cret", "authorization, Bearer s3cret", "X-Authorization, s3cret"})
    void tokenIsBearerTokenOnlyInAuthorizationHeader(String header, String value) {
        assertThat(new ConductorSettings(Optional.empty(), Optional.of("s3cret"), header, 50).headers())
                .isEqualTo(Map.of(header, value));
    }

    @Test
    void missingTokenSendsNoHeader() {
        assertThat(new ConductorSettings(Optional.empty(), Optional.empty(), "Authorization", 50).headers())
                .isEmpty();
    }
}

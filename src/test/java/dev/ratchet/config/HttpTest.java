package dev.ratchet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {
    @Test
    void unlessToldItListensOnThisMachineOnlyAndHasNoToken() {
        assertThat(Loaded.overrides(Map.of()).http()).isEqualTo(new Http("127.0.0.1", 8484, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eighty", "-1", "65536", ""})
    void aPortIsOneThatThereIs(String port) {
        assertThat(Loaded.mistakes(Http.PORT, port))
                .containsExactly("--set: Expected ratchet.http.port to be 0 to 65535, but got '" + port + "'.");
        assertThat(Loaded.overrides(Map.of(Http.PORT, "0")).http().port()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "grün"})
    void aTokenIsOneThatAHeaderCanCarry(String token) {
        assertThat(Loaded.mistakes(Http.TOKEN, token))
                .containsExactly("--set: Expected ratchet.http.token to be printable ASCII characters without spaces,"
                        + " but got '[hidden]'.");
    }

    @Test
    void theTokenIsASecret() {
        Settings settings = Loaded.overrides(Map.of(Http.TOKEN, "s3cret"));
        assertThat(settings.http().token()).contains("s3cret");
        assertThat(settings.http().toString()).doesNotContain("s3cret");
        assertThat(settings.effective()).contains(new Effective(Http.TOKEN, "[hidden]", "--set"));
    }
}

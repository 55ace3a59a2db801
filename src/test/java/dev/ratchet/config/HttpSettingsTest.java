package dev.ratchet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
    @Test
    void defaultsListenOnLoopbackWithoutToken() {
        assertThat(TestSettings.overrides(Map.of()).http())
                .isEqualTo(new HttpSettings("127.0.0.1", 8484, Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eighty", "-1", "65536", ""})
    void portMustBeInRange(String port) {
        assertThat(TestSettings.mistakes(HttpSettings.PORT, port))
                .containsExactly("--set: Expected ratchet.http.port to be 0 to 65535, but got '" + port + "'.");
        assertThat(TestSettings.overrides(Map.of(HttpSettings.PORT, "0")).http().port())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "grün"})
    void tokenMustBeValidHeaderValue(String token) {
        assertThat(TestSettings.mistakes(HttpSettings.TOKEN, token))
                .containsExactly("--set: Expected ratchet.http.token to be printable ASCII characters without spaces,"
                        + " but got '" + shown(token) + "'.");
    }

    private static String shown(String token) {
        return token.isEmpty() ? "" : "[hidden]";
    }

    @Test
    void intakeIsOffByDefaultAndRequiresToken() {
        assertThat(TestSettings.overrides(Map.of()).intake().on()).isFalse();
        assertThat(TestSettings.mistakes(WebhookSettings.MODE, "on"))
                .containsExactly(
                        "--set: Expected ratchet.http.token to be set, since ratchet.intake.mode is on, but it is"
                                + " not: without a token anybody could post notifications.");
        assertThat(TestSettings.overrides(Map.of(WebhookSettings.MODE, "on", HttpSettings.TOKEN, "s3cret"))
                        .intake()
                        .on())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "line\nbreak", "grün", ""})
    void conductorTokenMustBeValidHeaderValue(String token) {
        assertThat(TestSettings.mistakes("ratchet.conductor.token", token))
                .containsExactly(
                        "--set: Expected ratchet.conductor.token to be printable ASCII characters without spaces,"
                                + " but got '" + shown(token) + "'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X Auth", "X-Auth:", "grün", ""})
    void authorizationHeaderMustHaveValidName(String header) {
        assertThat(TestSettings.mistakes("ratchet.conductor.auth.header", header))
                .hasSize(1);
        assertThat(TestSettings.mistakes("ratchet.conductor.auth.header", "X-Authorization"))
                .isEmpty();
    }

    @Test
    void tokenIsHidden() {
        Settings settings = TestSettings.overrides(Map.of(HttpSettings.TOKEN, "s3cret"));
        assertThat(settings.http().token()).contains("s3cret");
        assertThat(settings.http().toString()).doesNotContain("s3cret");
        assertThat(settings.effective()).contains(HttpSettings.TOKEN + "=[hidden] (--set)");
    }
}

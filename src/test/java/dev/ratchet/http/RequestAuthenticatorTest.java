package dev.ratchet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.HttpSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestAuthenticatorTest {
    private final RequestAuthenticator without =
            new RequestAuthenticator(new HttpSettings("127.0.0.1", 0, Optional.empty(), Optional.empty()));
    private final RequestAuthenticator guarded =
            new RequestAuthenticator(new HttpSettings("127.0.0.1", 0, Optional.of("s3cret"), Optional.empty()));

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"Bearer s3cret", "Bearer ", "Bearer"})
    void missingTokenSettingForbidsAllRequests(String authorization) {
        assertThat(without.check(authorization))
                .contains(ErrorResponse.refused(403, "Expected ratchet.http.token to be set, but it is not"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer s3cret", "bearer s3cret", "BEARER  s3cret "})
    void requestWithTokenIsAllowed(String authorization) {
        assertThat(guarded.check(authorization)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer s3cre,another",
        "Bearer s3cret2,another",
        "Bearer S3CRET,another",
        "'Bearer ',another",
        "Basic s3cret,none",
        "s3cret,none"
    })
    void requestWithOtherTokenIsUnauthorized(String authorization, String got) {
        assertThat(guarded.check(authorization))
                .contains(ErrorResponse.refused(
                        401, "Expected 'Authorization: Bearer' with the token of ratchet.http.token, but got " + got));
    }

    @Test
    void requestWithoutTokenIsUnauthorized() {
        assertThat(guarded.check((String) null)).map(ErrorResponse::status).contains(401);
    }
}

package dev.ratchet.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.Http;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private final Access open = new Access(new Http("127.0.0.1", 0, Optional.empty()));
    private final Access guarded = new Access(new Http("127.0.0.1", 0, Optional.of("s3cret")));

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "[0:0:0:0:0:0:0:1]", "::ffff:127.0.0.1"})
    void withoutATokenWhoIsOnThisMachineMay(String address) {
        assertThat(open.check(address, Map.<String, String>of()::get)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "192.168.1.1", "2001:db8::1", "0.0.0.0", "::ffff:10.0.0.7", "no address"})
    void withoutATokenNobodyElseMay(String address) {
        assertThat(open.check(address, Map.of("Authorization", "Bearer s3cret")::get))
                .contains(Answer.refused(
                        403,
                        "Expected a caller on this machine, since ratchet.http.token is not set, but got " + address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "Via", "Origin"})
    void whatAProxyOrAWebPageOnThisMachinePassesOnIsNotFromThisMachine(String header) {
        assertThat(open.check("127.0.0.1", Map.of(header, "127.0.0.1")::get))
                .contains(Answer.refused(
                        403,
                        "Expected a caller on this machine, since ratchet.http.token is not set, but got one with the"
                                + " header " + header));
        assertThat(guarded.check("127.0.0.1", Map.of(header, "x", "Authorization", "Bearer s3cret")::get))
                .as("with a token it does not matter")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer s3cret", "bearer s3cret", "BEARER  s3cret "})
    void whoSendsTheTokenMayFromAnywhere(String authorization) {
        assertThat(guarded.check("10.0.0.7", Map.of("Authorization", authorization)::get))
                .isEmpty();
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
    void whoSendsAnotherMayNotEvenFromThisMachine(String authorization, String got) {
        assertThat(guarded.check("127.0.0.1", Map.of("Authorization", authorization)::get))
                .contains(Answer.refused(
                        401, "Expected 'Authorization: Bearer' with the token of ratchet.http.token, but got " + got));
    }

    @Test
    void whoSendsNoneMayNot() {
        assertThat(guarded.check("127.0.0.1", Map.<String, String>of()::get))
                .map(Answer::status)
                .contains(401);
    }
}

package dev.ratchet.conductor;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses other than 200. */
class ConductorErrorsTest extends StubbedConductor {
    @ParameterizedTest
    @CsvSource({
        "404, '{\"status\":404,\"message\":\"No such task found by id: t1\",\"instance\":\"vm\",\"retryable\":false}'",
        "204,"
    })
    void unknownIdIsEmpty(int status, String body) {
        answer(aResponse().withStatus(status).withBody(body));

        assertThat(conductor().task("t1")).isEmpty();
        assertThat(conductor().workflow("w1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n<html>Not Found</html>",
                "404 page not found",
                "default backend - 404",
                "{\"message\":\"no Route matched with those values\"}",
                "{\"timestamp\":1,\"status\":404,\"error\":\"Not Found\",\"path\":\"/tasks/t1\"}",
                ""
            })
    void notFoundFromGatewayIsUnavailable(String body) {
        answer(aResponse().withStatus(404).withBody(body));

        assertUnavailable().hasMessageContaining("is ratchet.conductor.url right?");
    }

    /** As Conductor 3.32.3 answers {@code GET /api/api/tasks/nope}. */
    @Test
    void unknownPathIsUnavailable() {
        answer(aResponse().withStatus(404).withBody("""
                {"status":404,"message":"No static resource api/api/tasks/nope.","instance":"vm","retryable":false}"""));

        assertUnavailable().hasMessageContaining("is ratchet.conductor.url right?");
    }

    @Test
    void updateOfUnknownTaskIsRefused() {
        answer(aResponse().withStatus(404).withBody("{\"message\":\"no task\",\"retryable\":false}"));

        assertThatThrownBy(() -> conductor().update(update()))
                .isInstanceOf(ConductorRefusedException.class)
                .hasMessageContaining("Expected Conductor to accept POST /tasks, but it answered 404")
                .hasMessageContaining("no task");
        assertThatThrownBy(() -> conductor().decide("w1")).isInstanceOf(ConductorRefusedException.class);
    }

    @Test
    void refusalReasonIsShortened() {
        answer(aResponse().withStatus(409).withBody("go\naway " + "x".repeat(5_000)));

        assertRefused()
                .hasMessageContaining("409: go away xx")
                .hasMessageEndingWith("x…")
                .message()
                .hasSizeLessThan(600);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 401, 405, 407, 429, 502, 503, 504})
    void unambiguousStatusesAffectAllRequests(int status) {
        answer(aResponse().withStatus(status));

        assertUnavailable()
                .isInstanceOfSatisfying(
                        ConductorUnavailableException.class,
                        e -> assertThat(e.affectsAllRequests()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 500, 408})
    void ambiguousStatusesMayAffectOneTask(int status) {
        answer(aResponse().withStatus(status));

        assertUnavailable()
                .isInstanceOfSatisfying(
                        ConductorUnavailableException.class,
                        e -> assertThat(e.affectsAllRequests()).isFalse());
    }

    @Test
    void forbiddenRequestNamesTokenSetting() {
        answer(aResponse().withStatus(403).withBody("who are you?"));

        assertUnavailable()
                .hasMessage("GET /tasks/t1: Conductor answered 403: who are you? (is ratchet.conductor.token right?)");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 408})
    void errorStatusesAreUnavailableForReadsAndUpdates(int status) {
        answer(aResponse().withStatus(status));

        assertUnavailable().hasMessageContaining("answered " + status);
        assertThatThrownBy(() -> conductor().update(update())).isInstanceOf(ConductorUnavailableException.class);
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "' 0 ', 0", "'Wed, 21 Oct 2026 07:28:00 GMT',", "-1,", "99999999999999999999,", "'',"})
    void retryAfterIsReadInSeconds(String retryAfter, Long seconds) {
        answer(aResponse().withStatus(429).withHeader("Retry-After", retryAfter));

        assertUnavailable()
                .extracting(e -> ((ConductorUnavailableException) e).retryAfter())
                .isEqualTo(Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }
}

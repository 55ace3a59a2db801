package dev.ratchet.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ratchet.config.HttpSettings;
import io.javalin.http.Context;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Accepts requests that carry the token, and only those. The caller's address and missing headers mean nothing, since a proxy
 * on the same machine may add none.
 */
public final class RequestAuthenticator {
    private static final String SCHEME = "Bearer ";

    private final Optional<byte[]> token;

    public RequestAuthenticator(HttpSettings settings) {
        token = settings.token().map(value -> value.getBytes(UTF_8));
    }

    /** {@return the error if a request may not call an endpoint with this access; empty if it may} */
    Optional<ErrorResponse> check(Context ctx, Endpoint.Access access) {
        return switch (access) {
            case OPEN -> Optional.empty();
            case READ -> token.isEmpty() ? Optional.empty() : check(ctx);
            case CHANGE -> check(ctx);
        };
    }

    /** {@return the error: 401, or 403 if no token is configured; empty if the request is accepted} */
    public Optional<ErrorResponse> check(Context ctx) {
        return check(ctx.header("Authorization"));
    }

    Optional<ErrorResponse> check(@Nullable String authorization) {
        if (token.isEmpty()) {
            return Optional.of(
                    ErrorResponse.refused(403, "Expected " + HttpSettings.TOKEN + " to be set, but it is not"));
        }
        String sent = authorization == null ? "" : authorization;
        boolean isBearer = sent.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String bearer = isBearer ? sent.substring(SCHEME.length()).strip() : "";
        // Constant time, so that the token cannot be guessed letter by letter.
        if (MessageDigest.isEqual(token.get(), bearer.getBytes(UTF_8))) {
            return Optional.empty();
        }
        return Optional.of(ErrorResponse.refused(
                401,
                "Expected 'Authorization: Bearer' with the token of " + HttpSettings.TOKEN + ", but got "
                        + (isBearer ? "another" : "none")));
    }
}

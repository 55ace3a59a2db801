package dev.ratchet.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ratchet.config.Http;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who may make Ratchet do something: who sends the token; if there is none, who is on the same machine. */
public final class Access {
    private static final String SCHEME = "Bearer ";

    /** A proxy on this machine passes on what others sent; a page in a browser on it says where it came from. */
    private static final List<String> NOT_ITS_OWN_WORD = List.of("Forwarded", "X-Forwarded-For", "Via", "Origin");

    private final Optional<byte[]> token;

    public Access(Http settings) {
        token = settings.token().map(value -> value.getBytes(UTF_8));
    }

    /** {@return the refusal: 401 or 403; empty if the caller may} */
    public Optional<Answer> check(Context ctx) {
        return check(ctx.ip(), ctx::header);
    }

    /** @param header the value of a header by its name, or null */
    Optional<Answer> check(String address, Function<String, @Nullable String> header) {
        return token.isPresent() ? checkToken(token.get(), header.apply("Authorization")) : checkLocal(address, header);
    }

    private static Optional<Answer> checkToken(byte[] expected, @Nullable String authorization) {
        String sent = authorization == null ? "" : authorization;
        boolean isBearer = sent.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String bearer = isBearer ? sent.substring(SCHEME.length()).strip() : "";
        // In the same time whatever was sent, so that it cannot be found out letter by letter.
        if (MessageDigest.isEqual(expected, bearer.getBytes(UTF_8))) {
            return Optional.empty();
        }
        return Optional.of(Answer.refused(
                401,
                "Expected 'Authorization: Bearer' with the token of " + Http.TOKEN + ", but got "
                        + (isBearer ? "another" : "none")));
    }

    private static Optional<Answer> checkLocal(String address, Function<String, @Nullable String> header) {
        if (!isLoopback(address)) {
            return refused(address);
        }
        return NOT_ITS_OWN_WORD.stream()
                .filter(name -> header.apply(name) != null)
                .findFirst()
                .flatMap(name -> refused("one with the header " + name));
    }

    private static Optional<Answer> refused(String caller) {
        return Optional.of(Answer.refused(
                403, "Expected a caller on this machine, since " + Http.TOKEN + " is not set, but got " + caller));
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress(); // asks no name server, as it is no name
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }
}

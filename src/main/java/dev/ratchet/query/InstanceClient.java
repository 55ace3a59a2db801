package dev.ratchet.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ratchet.http.ErrorResponse;
import dev.ratchet.http.JsonResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Asks other instances, which must answer by themselves. Never blocks. */
final class InstanceClient {
    /** A request with this header is not passed on. */
    static final String HOP = "Ratchet-Hop";

    static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String AUTHORIZATION = "Authorization";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /**
     * Sends a GET request to another instance.
     *
     * @param instance HOST:PORT
     * @param path with the query, as it came
     * @param authorization the caller's header of that name
     * @param more how long the answer may take beyond {@link #TIMEOUT}
     * @return fails with {@link java.io.IOException} if it does not answer
     */
    CompletableFuture<JsonResponse> get(String instance, String path, Optional<String> authorization, Duration more) {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(URI.create("http://" + instance + encoded(path)));
        } catch (IllegalArgumentException e) { // Java accepts no host name with an underscore
            return CompletableFuture.failedFuture(new IOException(e.getMessage(), e));
        }
        request.timeout(TIMEOUT.plus(more)).header(HOP, "1");
        authorization.ifPresent(value -> request.header(AUTHORIZATION, value));
        return client.sendAsync(request.build(), BodyHandlers.ofString())
                .thenApply(response -> new JsonResponse(response.statusCode(), response.body()));
    }

    /** Encodes characters that the server accepts and {@link URI} does not. */
    private static String encoded(String path) {
        StringBuilder encoded = new StringBuilder();
        path.codePoints().forEach(one -> {
            if (one > ' ' && one < 0x7f && "\"<>\\^`{|}".indexOf(one) < 0) {
                encoded.appendCodePoint(one);
            } else {
                encoded.append(URLEncoder.encode(Character.toString(one), UTF_8).replace("+", "%20"));
            }
        });
        return encoded.toString();
    }

    /** {@return the response to a caller if an instance did not answer} */
    static ErrorResponse unreachable(String instance, Throwable failure) {
        return ErrorResponse.refused(
                503,
                "Expected instance " + instance + " to answer within " + TIMEOUT.toSeconds() + " s, but failed: "
                        + reason(failure) + ". If it has ended, another one takes over some seconds later");
    }

    static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}

package dev.ratchet.conductor;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends one request to Conductor, once. Follows no redirect, since the token is for this host only. */
final class ConductorHttp {
    private final ConductorEndpoint endpoint;
    private final HttpClient client;

    ConductorHttp(ConductorEndpoint endpoint) {
        this.endpoint = endpoint;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // an offer to upgrade to HTTP/2 confuses some proxies
                .connectTimeout(endpoint.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * @param path begins with a slash, its parts encoded
     * @throws ConductorUnavailableException if there was no complete response in time, or {@link
     *     ConductorResponse#unavailable none of Conductor itself}
     */
    ConductorResponse send(String method, String path, BodyPublisher body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(endpoint.base() + path))
                .header("Accept", "application/json, text/plain")
                .header("Content-Type", "application/json")
                .method(method, body);
        endpoint.token().ifPresent(token -> builder.header(token.header(), token.value()));
        String request = method + " " + path;
        HttpResponse<LimitedBodySubscriber.Bytes> response =
                await(request, client.sendAsync(builder.build(), this::body));
        ConductorResponse answer = new ConductorResponse(request, response.statusCode(), response.body());
        answer.unavailable().ifPresent(scope -> {
            throw new ConductorUnavailableException(answer.describe(), scope, retryAfter(response));
        });
        return answer;
    }

    private LimitedBodySubscriber body(ResponseInfo response) {
        // A character takes up to four bytes; one more shows that the text was cut.
        return new LimitedBodySubscriber(
                response.statusCode() / 100 == 2
                        ? endpoint.maxResponseBytes()
                        : 4 * ConductorResponse.MAX_REASON_LENGTH + 1);
    }

    /** The timeout of HttpRequest covers only the headers (JDK-8208693); this one covers the body too. */
    private <T> T await(String request, CompletableFuture<T> answer) {
        try {
            return answer.get(endpoint.responseTimeout().toMillis(), MILLISECONDS);
        } catch (ExecutionException e) {
            throw new ConductorUnavailableException(request + ": " + e.getCause(), scopeOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new ConductorUnavailableException(
                    request + ": no complete answer within " + endpoint.responseTimeout(), Scope.REQUEST, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new ConductorUnavailableException(
                    request + ": interrupted while waiting for the answer", Scope.NOT_SENT, e);
        }
    }

    private static Scope scopeOf(@Nullable Throwable failure) {
        return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException
                ? Scope.ALL_REQUESTS
                : Scope.REQUEST;
    }

    /** Only in seconds; the date form would need synchronized clocks. */
    private static @Nullable Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .map(String::strip)
                .filter(value -> value.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(null);
    }
}

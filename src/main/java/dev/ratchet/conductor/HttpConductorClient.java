package dev.ratchet.conductor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import dev.ratchet.task.TaskOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Conductor's REST API over HTTP. Sends each request once. Follows no redirect, since the token is for this host only.
 */
public final class HttpConductorClient implements ConductorClient {
    private interface Parser<T> {
        T parse(byte[] body) throws IOException;
    }

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_RESPONSE_BYTES = 32 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // an offer to upgrade to HTTP/2 confuses some proxies
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String url;
    private final Map<String, String> headers;
    private final int maxOutputBytes;
    private final Duration responseTimeout;
    private final int maxResponseBytes;

    /**
     * @param url with Conductor's own prefix {@code /api}
     * @param headers sent with each request, such as a token; open-source Conductor needs none
     * @param maxOutputBytes a task's larger output is left out
     */
    public HttpConductorClient(URI url, Map<String, String> headers, int maxOutputBytes) {
        this(url, headers, maxOutputBytes, RESPONSE_TIMEOUT, MAX_RESPONSE_BYTES);
    }

    /**
     * @param responseTimeout for a whole response, including its body
     * @param maxResponseBytes limit of a response body; a row carries the task's input and output
     */
    public HttpConductorClient(
            URI url, Map<String, String> headers, int maxOutputBytes, Duration responseTimeout, int maxResponseBytes) {
        this.url = url.toString().replaceFirst("/+$", "");
        this.headers = headers;
        this.maxOutputBytes = maxOutputBytes;
        this.responseTimeout = responseTimeout;
        this.maxResponseBytes = maxResponseBytes;
    }

    @Override
    public Optional<ConductorTask> task(String taskId) {
        return get("/tasks/" + encoded(taskId), body -> ConductorResponseReader.task(body, maxOutputBytes));
    }

    @Override
    public Optional<ConductorWorkflow> workflow(String workflowId) {
        return get("/workflow/" + encoded(workflowId) + "?includeTasks=false", ConductorResponseReader::workflow);
    }

    @Override
    public void update(TaskUpdate update) {
        send("POST", "/tasks", BodyPublishers.ofByteArray(taskResult(update))).bodyOrThrow(maxResponseBytes);
    }

    @Override
    public void decide(String workflowId) {
        send("PUT", "/workflow/decide/" + encoded(workflowId), BodyPublishers.noBody())
                .bodyOrThrow(maxResponseBytes);
    }

    private <T> Optional<T> get(String path, Parser<T> parser) {
        ConductorResponse answer = send("GET", path, BodyPublishers.noBody());
        if (answer.isNotFound()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parse(answer.bodyOrThrow(maxResponseBytes)));
        } catch (IOException e) {
            throw new ConductorUnavailableException(
                    "GET " + path + ": 200, but unreadable: " + e.getMessage(), Scope.REQUEST, e);
        }
    }

    /** Conductor's {@code TaskResult}: empty fields are left out, the output is copied byte for byte. */
    private static byte[] taskResult(TaskUpdate update) {
        TaskOutput payload = update.payload();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("workflowInstanceId", update.workflowId());
        fields.put("taskId", update.taskId());
        fields.put("status", update.status().name());
        payload.output().ifPresent(output -> fields.put("outputData", new RawValue(output)));
        fields.put("externalOutputPayloadStoragePath", payload.externalOutputPath());
        fields.put("workerId", payload.workerId());
        fields.put("reasonForIncompletion", payload.reasonForIncompletion());
        fields.put("subWorkflowId", payload.subWorkflowId());
        fields.values().removeIf(""::equals);
        try {
            return JSON.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e); // in memory: never
        }
    }

    /**
     * @param path begins with a slash, its parts encoded
     * @throws ConductorUnavailableException if there was no complete response in time, or {@link
     *     ConductorResponse#unavailable none of Conductor itself}
     */
    private ConductorResponse send(String method, String path, BodyPublisher body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(url + path))
                .header("Accept", "application/json, text/plain")
                .header("Content-Type", "application/json")
                .method(method, body);
        headers.forEach(builder::header);
        String request = method + " " + path;
        ConductorResponse answer =
                new ConductorResponse(request, await(request, client.sendAsync(builder.build(), this::body)));
        answer.throwIfUnavailable();
        return answer;
    }

    /** Reads one byte more than the limit: it shows that the body is longer. The rest is not received. */
    private BodySubscriber<byte[]> body(ResponseInfo response) {
        int limit = response.statusCode() / 100 == 2 ? maxResponseBytes : ConductorResponse.MAX_REASON_BYTES;
        return BodySubscribers.mapping(BodySubscribers.ofInputStream(), body -> firstBytes(body, limit + 1));
    }

    private static byte[] firstBytes(InputStream body, int count) {
        try (body) {
            return body.readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The timeout of HttpRequest covers only the headers (JDK-8208693); this one covers the body too. */
    private <T> T await(String request, CompletableFuture<T> answer) {
        try {
            return answer.get(responseTimeout.toMillis(), MILLISECONDS);
        } catch (ExecutionException e) {
            throw new ConductorUnavailableException(request + ": " + e.getCause(), scopeOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true); // which ends the reading of the body too
            throw new ConductorUnavailableException(
                    request + ": no complete answer within " + responseTimeout, Scope.REQUEST, e);
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

    /** Encodes an id as one path segment, {@code .} and {@code ..} included. */
    private static String encoded(String id) {
        String encoded = URLEncoder.encode(id, UTF_8).replace("+", "%20");
        return encoded.matches("\\.+") ? encoded.replace(".", "%2E") : encoded;
    }
}

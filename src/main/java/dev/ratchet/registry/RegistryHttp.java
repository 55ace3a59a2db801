package dev.ratchet.registry;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Sends one request to one address, once. Thread-safe. */
final class RegistryHttp {
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final Duration timeout;

    RegistryHttp(SerdeConfig config) {
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // an offer to upgrade to HTTP/2 confuses some proxies
                .connectTimeout(Duration.ofMillis(config.getInt(SerdeConfig.CONNECT_TIMEOUT)))
                .sslContext(RegistryTls.context(config))
                .build();
        timeout = Duration.ofMillis(config.getInt(SerdeConfig.READ_TIMEOUT));
    }

    /**
     * The response, whatever its fields.
     *
     * @param path begins with a slash
     * @param body to send, or null for none
     * @throws IOException if there was no JSON response in time, or a status that a retry may change
     * @throws RegistryRefusedException for any other status but success
     */
    JsonNode ask(RegistryAddress address, String method, String path, @Nullable JsonNode body) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(address.base() + path))
                .header("Accept", TYPE)
                .header("Content-Type", TYPE);
        if (address.authorization() != null) {
            builder.header("Authorization", address.authorization());
        }
        BodyPublisher sent =
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        HttpRequest request = builder.method(method, sent).build();
        HttpResponse<byte[]> response = await(client.sendAsync(request, BodyHandlers.ofByteArray()));
        int status = response.statusCode();
        if (status / 100 == 2) {
            return answer(address, response);
        }
        if (status >= 500 || status == 429 || status == 408) {
            throw new IOException("%s answered %d".formatted(address, status));
        }
        JsonNode reason = reason(response.body());
        throw new RegistryRefusedException(
                "%s %s at %s".formatted(method, path, address),
                status,
                reason.path("error_code").asInt(status),
                reason.path("message").asText("no reason given"));
    }

    /** The timeout of HttpRequest covers only the headers (JDK-8208693); this one covers the body too. */
    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer) throws IOException {
        try {
            return answer.get(timeout.toMillis(), MILLISECONDS);
        } catch (ExecutionException e) {
            String hint = e.getCause() instanceof SSLException ? " (check schema.registry.ssl.*)" : "";
            throw new IOException(e.getCause() + hint, e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no whole answer in " + timeout);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw new InterruptException(e);
        }
    }

    private static JsonNode answer(RegistryAddress address, HttpResponse<byte[]> response) throws IOException {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) { // for example a proxy's page
            throw new IOException("%s answered %d, but not in JSON".formatted(address, response.statusCode()), e);
        }
    }

    private static JsonNode reason(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) { // a proxy's page; the status says enough
            return JSON.createObjectNode();
        }
    }
}

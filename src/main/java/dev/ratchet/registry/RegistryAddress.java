package dev.ratchet.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** One address of a registry, with its credentials. Thread-safe. */
final class RegistryAddress {
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final Duration timeout;

    /** Without credentials, so fit for logs, and without a trailing slash. */
    private final String base;

    /** Value of the HTTP header, or null for none; not for logs. */
    private final @Nullable String authorization;

    /** @throws ConfigException if the URL is malformed */
    RegistryAddress(String url, SerdeConfig config, HttpClient client) {
        this.client = client;
        timeout = Duration.ofMillis(config.getInt(SerdeConfig.READ_TIMEOUT));
        URI uri = parsed(url);
        String host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
        base = uri.getScheme() + "://" + host + uri.getRawPath().replaceAll("/+$", "");
        authorization = authorization(config, uri.getUserInfo());
    }

    /**
     * Sends one request, once, and returns the response, whatever its fields.
     *
     * @param path begins with a slash
     * @param body to send, or null for none
     * @throws IOException if there was no JSON response in time, or a status that a retry may change
     * @throws RegistryRefusedException for any other status but success
     */
    JsonNode ask(String method, String path, @Nullable JsonNode body) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", TYPE)
                .header("Content-Type", TYPE);
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        BodyPublisher sent =
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        HttpRequest request = builder.method(method, sent).build();
        HttpResponse<byte[]> response = await(client.sendAsync(request, BodyHandlers.ofByteArray()));
        int status = response.statusCode();
        if (status / 100 == 2) {
            return answer(response);
        }
        if (status >= 500 || status == 429 || status == 408) {
            throw new IOException("%s answered %d".formatted(this, status));
        }
        JsonNode reason = reason(response.body());
        throw new RegistryRefusedException(
                "%s %s at %s".formatted(method, path, this),
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

    private JsonNode answer(HttpResponse<byte[]> response) throws IOException {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) { // for example a proxy's page
            throw new IOException("%s answered %d, but not in JSON".formatted(this, response.statusCode()), e);
        }
    }

    private static JsonNode reason(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) { // a proxy's page; the status says enough
            return JSON.createObjectNode();
        }
    }

    private static URI parsed(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) { // its text would show the password in the URL
            throw new ConfigException("Expected %s to be a URL, but it is malformed".formatted(SerdeConfig.URL));
        }
        if (uri.getHost() == null) {
            throw new ConfigException("Expected a host in %s, but there is none".formatted(SerdeConfig.URL));
        }
        return uri;
    }

    private static @Nullable String authorization(SerdeConfig config, @Nullable String inUrl) {
        if (config.getString(SerdeConfig.BEARER_SOURCE) != null) {
            return "Bearer " + config.secret(SerdeConfig.BEARER_TOKEN);
        }
        boolean given = "USER_INFO".equals(config.getString(SerdeConfig.BASIC_SOURCE));
        String userInfo = given ? config.secret(SerdeConfig.BASIC_USER_INFO) : inUrl;
        return userInfo == null ? null : "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return base;
    }
}

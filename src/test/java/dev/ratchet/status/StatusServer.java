package dev.ratchet.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.config.Settings;
import dev.ratchet.http.HttpServer;
import dev.ratchet.http.HttpServer.Routes;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Endpoints of this package behind a real server. */
final class StatusServer implements AutoCloseable {
    static final String TOKEN = "of-the-tests";

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;

    StatusServer(Settings settings, Routes... routes) {
        server = HttpServer.start(settings.http(), List.of(routes));
    }

    static Settings settings(String... more) {
        Map<String, String> all = new HashMap<>(Map.of("ratchet.http.port", "0"));
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return Settings.load(Optional.empty(), Map.of(), all);
    }

    HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> put(String path, String body, String... headers) throws Exception {
        return send(request(path, headers).PUT(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.address().resolve(path)).timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }

    @Override
    public void close() {
        server.close();
    }
}

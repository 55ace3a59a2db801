package dev.ratchet.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.config.Settings;
import dev.ratchet.http.HttpServer;
import dev.ratchet.query.QueryRoutes;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** A stream with the HTTP server of its queries, in this process. */
final class QueryingInstance implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final QueryRoutes routes;
    private final HttpServer server;
    private final RatchetStream stream;

    private QueryingInstance(Settings settings) {
        SchemaRegistry registry = SchemaRegistry.of(settings.serde());
        routes = new QueryRoutes(settings, registry);
        server = HttpServer.start(settings.http(), List.of(routes));
        stream = StreamFactory.of(
                settings.withInstanceAddress(server.advertised()), registry, new ReadableEventCounters());
        routes.open(stream.queries());
    }

    static QueryingInstance start(Settings settings) {
        QueryingInstance instance = new QueryingInstance(settings);
        instance.stream.start();
        return instance;
    }

    String address() {
        return server.advertised();
    }

    /** {@return the number of instances with partitions, as this one knows them} */
    int instances() {
        long others = stream.queries().others().values().stream()
                .filter(partitions -> !partitions.isEmpty())
                .count();
        return (int) others + 1;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(server.address().resolve("/api/v1/" + path))
                        .timeout(Duration.ofSeconds(60))
                        .build(),
                BodyHandlers.ofString());
    }

    /** {@return the document; fails unless the status is 200} */
    JsonNode read(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    void closeServer() {
        routes.close();
        server.close();
    }

    @Override
    public void close() {
        closeServer();
        stream.close();
    }
}

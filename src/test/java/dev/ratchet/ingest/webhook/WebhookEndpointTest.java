package dev.ratchet.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.Settings;
import dev.ratchet.http.HttpServer;
import dev.ratchet.http.HttpServer.Routes;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class WebhookEndpointTest {
    @Test
    void errorFreesSlotOfNotification() throws Exception {
        Settings settings = Settings.load(
                Optional.empty(), Map.of(), Map.of("ratchet.http.token", "token", "ratchet.http.port", "0"));
        Function<byte[], CompletableFuture<NotificationResult>> broken = body -> {
            throw new NoClassDefFoundError("gone");
        };
        InFlightLimiter roomForOne = new InFlightLimiter(1, 1_000);
        Routes routes = config ->
                config.post("/", new WebhookEndpoint(settings, roomForOne, broken, new ReadableWebhookCounters()));
        try (HttpServer server = HttpServer.start(settings.http(), List.of(routes))) {
            for (int i = 0; i < 2; i++) {
                assertThat(post(server).statusCode()).isEqualTo(500);
            }
        }
    }

    private static HttpResponse<String> post(HttpServer server) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve("/"))
                .header("Authorization", "Bearer token")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}

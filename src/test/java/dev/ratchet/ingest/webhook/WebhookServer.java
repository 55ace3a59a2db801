package dev.ratchet.ingest.webhook;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.config.Settings;
import dev.ratchet.http.HttpServer;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.v1.TaskStatusEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The intake behind a real server, before a Kafka that does as the test says. */
final class WebhookServer implements AutoCloseable {
    /** A test that would wait for ever fails. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of the server, unless the test's settings say another. */
    static final String TOKEN = "served";

    /** An hour after the notifications of these tests. */
    static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");

    final MockProducer<byte[], byte[]> kafka;
    final ReadableWebhookCounters counts = new ReadableWebhookCounters();

    private final SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", "mock://served"));
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final WebhookIntake intake;
    private final EventProducer producer;

    private WebhookServer(boolean kafkaAnswers, Map<String, String> settings) {
        ByteArraySerializer raw = new ByteArraySerializer();
        kafka = new MockProducer<>(kafkaAnswers, null, raw, raw);
        producer = new EventProducer(kafka, new AvroSerializer<>(TaskStatusEvent.class, registry), "events");
        Map<String, String> all = new HashMap<>(Map.of("ratchet.http.token", TOKEN));
        all.putAll(settings);
        all.put("ratchet.http.port", "0");
        Settings loaded = Settings.load(Optional.empty(), Map.of(), all);
        intake = new WebhookIntake(loaded, counts, InstantSource.fixed(NOW));
        server = HttpServer.start(loaded.http(), List.of(intake));
    }

    /** Kafka takes all at once. */
    static WebhookServer with(Map<String, String> settings) {
        WebhookServer server = atStart(settings);
        server.open();
        return server;
    }

    /** The intake is not open yet. */
    static WebhookServer atStart(Map<String, String> settings) {
        return new WebhookServer(true, settings);
    }

    void open() {
        intake.open(producer);
    }

    /** Kafka takes or refuses each when the test says so. */
    static WebhookServer withSilentKafka(Map<String, String> settings) {
        WebhookServer server = new WebhookServer(false, settings);
        server.open();
        return server;
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        return postLater(path, BodyPublishers.ofString(body), headers).join();
    }

    HttpResponse<String> post(String path, byte[] body) {
        return postLater(path, BodyPublishers.ofByteArray(body)).join();
    }

    CompletableFuture<HttpResponse<String>> postLater(String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address().resolve(path))
                .timeout(PATIENCE)
                .POST(body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!List.of(headers).contains("Authorization")) {
            request.header("Authorization", "Bearer " + TOKEN);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    URI address() {
        return server.address();
    }

    /** What was sent to Kafka, whatever it made of it. */
    List<TaskStatusEvent> events() {
        AvroDeserializer<TaskStatusEvent> reader = new AvroDeserializer<>(TaskStatusEvent.class, registry);
        return kafka.history().stream()
                .map(ProducerRecord::value)
                .map(value -> reader.deserialize("events", value))
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}

package dev.ratchet.ingest.webhook;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.http.Endpoint;
import dev.ratchet.http.HttpServer.Routes;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.v1.TaskStatusEvent;
import io.javalin.config.RoutesConfig;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoints of Conductor's webhook and their producer. Answers 503 until it is opened. Close it after the server, which
 * uses it until then.
 */
public final class WebhookIntake implements Routes, AutoCloseable {
    static final String TASKS = "/conductor/tasks";
    static final String WORKFLOWS = "/conductor/workflows";

    static final Endpoint POST_TASK = described(TASKS, "Takes Conductor's notification of a task.");
    static final Endpoint POST_WORKFLOW = described(
            WORKFLOWS,
            "Takes Conductor's notification of a workflow, which says nothing about tasks and is counted only.");

    private static final Logger LOG = LoggerFactory.getLogger(WebhookIntake.class);

    private final Settings settings;
    private final WebhookCounters counts;
    private final InstantSource clock;
    private volatile @Nullable EventProducer producer;
    private volatile @Nullable NotificationHandler handler;

    private static Endpoint described(String path, String summary) {
        return Endpoint.post(path, summary + " Only where ratchet.intake.mode is 'on'.", Void.class)
                .with(400, "It is not a notification.")
                .with(408, "The body did not arrive in time.")
                .with(413, "It is larger than ratchet.intake.max.bytes.")
                .with(503, "Kafka does not acknowledge, or too many are in flight. Send it again.");
    }

    /** @param counts counts every request */
    public WebhookIntake(Settings settings, WebhookCounters counts) {
        this(settings, counts, InstantSource.system());
    }

    /** @param clock the times in notifications must be near its time */
    WebhookIntake(Settings settings, WebhookCounters counts, InstantSource clock) {
        this.settings = settings;
        this.counts = counts;
        this.clock = clock;
    }

    /**
     * Opens the intake: from now on it accepts notifications. It knows the schema and the topic then, so that the first
     * notification need not wait.
     *
     * @param registry the one in the settings
     * @throws dev.ratchet.registry.RegistryException if the registry does not answer, or rejects the schema
     * @throws org.apache.kafka.common.KafkaException if the {@code kafka.*} settings are invalid for a producer
     */
    public void open(SchemaRegistry registry) {
        String topic = settings.topics().events();
        Serializer<TaskStatusEvent> serializer =
                new AvroSerdes(settings.serde(), registry).serializer(TaskStatusEvent.class);
        AvroSerdes.prepare(serializer, topic);
        ByteArraySerializer raw = new ByteArraySerializer();
        Producer<byte[], byte[]> kafka = new KafkaProducer<>(EventProducer.settings(settings), raw, raw);
        EventProducer created = new EventProducer(kafka, serializer, topic);
        created.prepare();
        open(created);
        LOG.info("Accepting notifications on {} and {}", TASKS, WORKFLOWS);
    }

    void open(EventProducer created) {
        producer = created;
        handler = new NotificationHandler(created, counts, clock);
    }

    /** Whether it accepts notifications. Thread-safe. */
    public boolean isOpen() {
        return handler != null;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        InFlightLimiter limiter = new InFlightLimiter(
                settings.intake().maxInFlight(), settings.intake().maxInFlightBytes());
        POST_TASK.addTo(routes, endpoint(limiter, NotificationHandler::task));
        POST_WORKFLOW.addTo(routes, endpoint(limiter, NotificationHandler::workflow));
    }

    private WebhookEndpoint endpoint(
            InFlightLimiter limiter,
            BiFunction<NotificationHandler, byte[], CompletableFuture<NotificationResult>> handle) {
        return new WebhookEndpoint(settings, limiter, body -> handle(handle, body), counts);
    }

    private CompletableFuture<NotificationResult> handle(
            BiFunction<NotificationHandler, byte[], CompletableFuture<NotificationResult>> handle, byte[] body) {
        NotificationHandler opened = handler;
        return opened == null
                ? NotificationResult.refused(
                                WebhookOutcome.UNAVAILABLE,
                                "Expected Ratchet to have started, but it still waits for Kafka, topics or the registry")
                        .now()
                : handle.apply(opened, body);
    }

    /** Kafka's metrics of the producer, as of now; none before it is opened. */
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        EventProducer opened = producer;
        return opened == null ? Map.of() : opened.kafkaMetrics();
    }

    /** Waits up to five seconds until Kafka has stored the accepted notifications. */
    @Override
    public void close() {
        EventProducer opened = producer;
        if (opened != null) {
            opened.close();
        }
    }
}

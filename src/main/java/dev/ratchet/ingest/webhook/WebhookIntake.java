package dev.ratchet.ingest.webhook;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.http.HttpServer.Routes;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.v1.TaskStatusEvent;
import io.javalin.config.RoutesConfig;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** The endpoints of Conductor's webhook and their producer. Close it after the server, which uses it until then. */
public final class WebhookIntake implements Routes, AutoCloseable {
    static final String TASKS = "/conductor/tasks";
    static final String WORKFLOWS = "/conductor/workflows";

    private final Settings settings;
    private final EventProducer producer;
    private final WebhookCounters counts;
    private final InstantSource clock;

    /** @param clock the times in notifications must be near its time */
    WebhookIntake(Settings settings, EventProducer producer, WebhookCounters counts, InstantSource clock) {
        this.settings = settings;
        this.producer = producer;
        this.counts = counts;
        this.clock = clock;
    }

    /**
     * Creates an intake that is ready: it knows the schema and the topic, so that the first notification need not wait.
     *
     * @param registry the one in the settings
     * @param counts counts every request
     * @throws dev.ratchet.registry.RegistryException if the registry does not answer, or rejects the schema
     * @throws org.apache.kafka.common.KafkaException if the {@code kafka.*} settings are invalid for a producer
     */
    public static WebhookIntake of(Settings settings, SchemaRegistry registry, WebhookCounters counts) {
        String topic = settings.topics().events();
        Serializer<TaskStatusEvent> serializer =
                new AvroSerdes(settings.serde(), registry).serializer(TaskStatusEvent.class);
        AvroSerdes.prepare(serializer, topic);
        ByteArraySerializer raw = new ByteArraySerializer();
        Producer<byte[], byte[]> kafka = new KafkaProducer<>(EventProducer.settings(settings), raw, raw);
        EventProducer producer = new EventProducer(kafka, serializer, topic);
        producer.prepare();
        return new WebhookIntake(settings, producer, counts, InstantSource.system());
    }

    @Override
    public void addTo(RoutesConfig routes) {
        InFlightLimiter limiter = new InFlightLimiter(
                settings.intake().maxInFlight(), settings.intake().maxInFlightBytes());
        NotificationHandler handler = new NotificationHandler(producer, counts, clock);
        routes.post(TASKS, new WebhookEndpoint(settings, limiter, handler::task, counts));
        routes.post(WORKFLOWS, new WebhookEndpoint(settings, limiter, handler::workflow, counts));
    }

    /** Kafka's metrics of the producer, as of now. */
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        return producer.kafkaMetrics();
    }

    /** Waits up to five seconds until Kafka has stored the accepted notifications. */
    @Override
    public void close() {
        producer.close();
    }
}

package dev.ratchet.ingest.webhook;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.http.Routes;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.v1.TaskStatusEvent;
import io.javalin.config.RoutesConfig;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Conductor's webhook, put together. To be closed after the server, since until then it may be asked. */
public final class WebhookIntake implements Routes, AutoCloseable {
    static final String TASKS = "/conductor/tasks";
    static final String WORKFLOWS = "/conductor/workflows";
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final Settings settings;
    private final EventProducer producer;
    private final WebhookCounters counts;
    private final InstantSource clock;
    private boolean closed;

    /** @param clock gives the time around which those in notifications must lie */
    WebhookIntake(Settings settings, EventProducer producer, WebhookCounters counts, InstantSource clock) {
        this.settings = settings;
        this.producer = producer;
        this.counts = counts;
        this.clock = clock;
    }

    /**
     * An intake that is ready to be asked: schema and topic are known, so that the first notification need not wait.
     *
     * @param registry the one that the settings name
     * @param counts where every request will be counted
     * @throws dev.ratchet.registry.RegistryException if the registry does not answer, or refuses the schema
     * @throws org.apache.kafka.common.KafkaException if the {@code kafka.*} settings are not what a producer takes
     */
    public static WebhookIntake of(Settings settings, SchemaRegistry registry, WebhookCounters counts) {
        String topic = settings.topics().events();
        Serializer<TaskStatusEvent> serializer =
                new AvroSerdes(settings.serde(), registry).serializer(TaskStatusEvent.class);
        AvroSerdes.prepare(serializer, topic);
        ByteArraySerializer raw = new ByteArraySerializer();
        Producer<byte[], byte[]> kafka = new KafkaProducer<>(EventProducerSettings.of(settings), raw, raw);
        EventProducer producer = new EventProducer(kafka, serializer, topic);
        producer.prepare();
        return new WebhookIntake(settings, producer, counts, InstantSource.system());
    }

    @Override
    public void addTo(RoutesConfig routes) {
        InFlightLimiter admission = new InFlightLimiter(
                settings.intake().maxInFlight(), settings.intake().maxInFlightBytes());
        RefusalLog refusals = new RefusalLog(BETWEEN_LINES, System::nanoTime);
        routes.post(
                TASKS,
                new WebhookEndpoint(
                        settings, admission, new TaskNotificationHandler(producer, counts, clock), counts, refusals));
        routes.post(
                WORKFLOWS,
                new WebhookEndpoint(settings, admission, new WorkflowNotificationHandler(clock), counts, refusals));
    }

    /** Waits some seconds for Kafka to have what was taken. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            producer.close();
        }
    }
}

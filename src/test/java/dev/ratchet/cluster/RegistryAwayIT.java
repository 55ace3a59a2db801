package dev.ratchet.cluster;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry becomes unavailable or is replaced while records with a new schema arrive, on a real broker. */
class RegistryAwayIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration AWAY = Duration.ofSeconds(10);
    private static final String SUBJECT = "task-status-events-value";

    @TempDir
    Path folder;

    private EmbeddedKafka kafka;
    private HttpRegistry registry;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        registry = HttpRegistry.start();
        try (TopicAdmin admin = new TopicAdmin(settings(registry).kafka())) {
            admin.apply(TopicPlan.of(settings(registry)));
        }
    }

    @AfterEach
    void stop() {
        registry.close();
        kafka.close();
    }

    @Test
    void shortRegistryOutageFailsNoThread() throws Exception {
        Settings settings = settings(registry);
        int newer = registerANewerVersion();
        double failedBefore = failedThreads(); // of other tests: all have the same client id
        try (Outputs outputs = outputs();
                RatchetStream stream = stream(settings)) {
            stream.start();
            send("first", TaskStatus.SCHEDULED, 1, 0);
            await().atMost(TIMEOUT).until(() -> published(outputs).contains("first SCHEDULED 1"));

            registry.goAway();
            long since = System.nanoTime();
            for (int task = 0; task < 20; task++) {
                send("newer-" + task, TaskStatus.SCHEDULED, 2, newer);
                send("newer-" + task, TaskStatus.COMPLETED, 3, newer);
            }
            send("first", TaskStatus.IN_PROGRESS, 4, newer);
            send("first", TaskStatus.COMPLETED, 5, 0);
            send("other", TaskStatus.SCHEDULED, 6, 0);
            await().atMost(TIMEOUT).until(() -> published(outputs).contains("other SCHEDULED 1"));
            await().atMost(TIMEOUT).until(() -> {
                outputs.poll();
                return System.nanoTime() - since >= AWAY.toNanos();
            });
            assertThat(published(outputs)).as("during the outage").hasSize(2);

            registry.comeBack();
            await().atMost(TIMEOUT).until(() -> published(outputs).size() == 2 + 40 + 2);
            assertThat(published(outputs.pollToEnd()))
                    .containsSubsequence("first SCHEDULED 1", "first IN_PROGRESS 2", "first COMPLETED 3")
                    .containsSubsequence("newer-19 SCHEDULED 1", "newer-19 COMPLETED 2");
            assertThat(outputs.deadLetters).isEmpty();
            assertThat(failedThreads()).isEqualTo(failedBefore);
        }
    }

    private static double failedThreads() {
        return StreamMetrics.total("away", "failed-stream-threads");
    }

    @Test
    void waitingRecordsSurviveProcessAndDisk() throws Exception {
        int newer = registerANewerVersion();
        try (Outputs outputs = outputs()) {
            ReadableEventCounters counters = new ReadableEventCounters();
            try (RatchetStream stream = StreamFactory.of(
                    settings(registry), SchemaRegistry.of(settings(registry).serde()), counters)) {
                stream.start();
                registry.goAway();
                send("t1", TaskStatus.SCHEDULED, 1, newer);
                await().atMost(TIMEOUT).until(() -> counters.deferred() == 1);
            }
            Utils.delete(folder.resolve("state").toFile());
            registry.comeBack();
            try (RatchetStream again = stream(settings(registry))) {
                again.start();
                await().atMost(TIMEOUT).until(() -> published(outputs).contains("t1 SCHEDULED 1"));
                send("t1", TaskStatus.COMPLETED, 2, 0);
                await().atMost(TIMEOUT).until(() -> published(outputs).contains("t1 COMPLETED 2"));
            }
            assertThat(outputs.pollToEnd().deadLetters).isEmpty();
        }
    }

    @Test
    void emptyRegistryStopsStreamBeforeDeadLetteringBacklog() throws Exception {
        for (int i = 0; i < 20; i++) {
            registry.register("of-others-" + i, "\"" + (i % 2 == 0 ? "int" : "long") + "\" ".repeat(i));
        }
        for (int task = 0; task < 100; task++) {
            send("t" + task, TaskStatus.SCHEDULED, task, 0);
        }
        try (Outputs outputs = outputs();
                HttpRegistry empty = HttpRegistry.start()) {
            try (RatchetStream stream = stream(settings(empty))) {
                stream.start();
                Optional<Throwable> end = CompletableFuture.supplyAsync(() -> awaitEnd(stream))
                        .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
                assertThat(end)
                        .get()
                        .satisfies(failure -> assertThat(failure)
                                .rootCause()
                                .hasMessageStartingWith("Expected the schema registry at " + empty.url() + " to know"));
            }
            assertThat(outputs.pollToEnd().deadLetters).isEmpty();
            try (RatchetStream stream = stream(settings(registry))) {
                stream.start();
                await().atMost(TIMEOUT).until(() -> published(outputs).size() == 100);
            }
            assertThat(outputs.pollToEnd().deadLetters).isEmpty();
        }
    }

    private static Optional<Throwable> awaitEnd(RatchetStream stream) {
        try {
            return stream.awaitEnd();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RatchetStream stream(Settings settings) {
        return StreamFactory.of(settings, SchemaRegistry.of(settings.serde()), new ReadableEventCounters());
    }

    /** Reads the outputs with schemas fetched before the outage. */
    private Outputs outputs() {
        return new Outputs(
                settings(registry), SchemaRegistry.of(settings(registry).serde()));
    }

    private int registerANewerVersion() {
        Schema schema =
                new Schema.Parser().parse(TaskStatusEvent.getClassSchema().toString());
        schema.addProp("revision", "2");
        return registry.register(SUBJECT, schema.toString());
    }

    private static List<String> published(Outputs outputs) {
        return outputs.poll().changes.stream()
                .map(change -> change.getTaskId() + " " + change.getStatus() + " " + change.getRevision())
                .toList();
    }

    /** @param schema id in the record; 0 for the id of its own schema */
    private void send(String task, TaskStatus status, long sequence, int schema) throws Exception {
        TaskIdentity identity = new TaskIdentity(task, "w1", "upload", "HTTP", "upload_item");
        TaskStatusEvent event = TaskRecords.event(
                new StatusEvent(identity, status, 0, sequence, sequence, EventSource.NATIVE, EpochEvidence.NONE));
        int own = registry.register(SUBJECT, TaskStatusEvent.getClassSchema().toString());
        SchemaRegistry writer = new OneSchema(own);
        byte[] value = requireNonNull(
                new AvroSerializer<>(TaskStatusEvent.class, writer).serialize("task-status-events", event));
        if (schema != 0) {
            ByteBuffer.wrap(value).putInt(1, schema);
        }
        Inputs.send(
                kafka.bootstrapServers(),
                new ArrayList<>(List.of(new ProducerRecord<>("task-status-events", task, value))));
    }

    /** The schema cache of a producer. */
    private record OneSchema(int id) implements SchemaRegistry {
        @Override
        public int register(String subject, Schema schema) {
            return id;
        }

        @Override
        public int id(String subject, Schema schema) {
            return id;
        }

        @Override
        public Schema byId(int asked) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Registered latest(String subject) {
            throw new UnsupportedOperationException();
        }
    }

    private Settings settings(HttpRegistry of) {
        Map<String, String> all = new HashMap<>(Map.of(
                "ratchet.topic.partitions",
                "2",
                "ratchet.state.dir",
                folder.resolve("state").toString(),
                "ratchet.schema.registry.url",
                of.url(),
                "ratchet.start.timeout",
                "PT5S",
                "kafka.main.consumer.session.timeout.ms",
                "6000",
                "kafka.bootstrap.servers",
                kafka.bootstrapServers()));
        all.putAll(Instance.measured("away"));
        return Settings.load(Optional.empty(), Map.of(), all);
    }
}

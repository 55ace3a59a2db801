package dev.ratchet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.cli.DemoJarHint;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.worker.RepairWorker;
import dev.ratchet.repair.worker.StatefulConductor;
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
import dev.ratchet.v1.AuditFinding;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskStatusEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ratchet audit}, the stream and the repair worker, on a broker; periodic audits are off. */
@Timeout(180)
class AuditCommandIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int QUIET = 10;
    private static final String EVENTS = "task-status-events";

    @TempDir
    Path folder;

    private final SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", "mock://audit-command"));
    private final Map<String, String> values = new HashMap<>();
    private EmbeddedKafka broker;
    private StatefulConductor conductor;
    private String out = "";
    private String err = "";

    @BeforeEach
    void prepare() throws Exception {
        broker = EmbeddedKafka.start(folder.resolve("kafka"));
        conductor = StatefulConductor.start();
        values.put("ratchet.topic.partitions", "2");
        values.put("ratchet.state.dir", folder.resolve("state").toString());
        values.put("ratchet.schema.registry.url", "mock://audit-command");
        values.put("ratchet.conductor.url", conductor.url().toString());
        values.put("kafka.bootstrap.servers", broker.bootstrapServers());
    }

    @AfterEach
    void leave() {
        conductor.close();
        broker.close();
    }

    @Test
    void bothPartitionsAuditTasksOnceAndPublishDifferences() throws Exception {
        try (TopicAdmin admin = new TopicAdmin(settings().kafka())) {
            admin.apply(TopicPlan.of(settings()));
        }
        givenTasks();
        try (RatchetStream stream = StreamFactory.of(settings(), registry, new ReadableEventCounters());
                RepairWorker repairs = RatchetApplication.repairWorker(
                        settings(), registry, new SimpleMeterRegistry(), stream::close)) {
            stream.start();
            repairs.start();

            assertThat(audit()).as(err).isZero();
            assertThat(out)
                    .contains(
                            "Requested an audit of all live tasks on the 2 partitions of conductor-repair-results.",
                            "At 10 audits a second, 10,000 tasks take about 1000 seconds (ratchet.audit.rate).");
            await().atMost(PATIENCE).until(() -> conductor.asked.size() >= QUIET + 2);
            assertThat(conductor.asked).hasSize(QUIET + 2).doesNotHaveDuplicates();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(findings())
                            .isEqualTo(Map.of("ahead", AuditFinding.AHEAD, "gone", AuditFinding.NO_SUCH_TASK)));

            assertThat(audit("--all")).as(err).isZero();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(findings()).containsEntry("behind", AuditFinding.BEHIND));
            assertThat(conductor.asked("GET /tasks/quiet0")).isBetween(1L, 2L);
        }
    }

    @Test
    void missingTopicOrBrokerPrintsOneLine() {
        assertThat(audit()).isEqualTo(1);
        assertThat(err.lines())
                .singleElement()
                .isEqualTo(
                        "Expected topic conductor-repair-results to exist, but it does not: run 'ratchet topics apply'");

        values.put("kafka.bootstrap.servers", "127.0.0.1:9");
        values.put("kafka.admin.default.api.timeout.ms", "2000");
        values.put("kafka.admin.request.timeout.ms", "2000");
        assertThat(audit()).isEqualTo(1);
        assertThat(err.lines()).singleElement().asString().startsWith("Expected a Kafka broker at");
    }

    private void givenTasks() throws Exception {
        conductor.holds("ahead", "COMPLETED").endTime = 2_000;
        conductor.holds("behind", "IN_PROGRESS");
        List<StatusEvent> events = new ArrayList<>(List.of(
                event("ahead", TaskStatus.IN_PROGRESS),
                event("behind", TaskStatus.COMPLETED),
                event("gone", TaskStatus.IN_PROGRESS)));
        IntStream.range(0, QUIET).forEach(i -> {
            conductor.holds("quiet" + i, "IN_PROGRESS");
            events.add(event("quiet" + i, TaskStatus.IN_PROGRESS));
        });
        var bytes = new AvroSerializer<>(TaskStatusEvent.class, registry);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka(), new StringSerializer(), new ByteArraySerializer())) {
            for (StatusEvent event : events) {
                String taskId = event.task().taskId();
                producer.send(new ProducerRecord<>(EVENTS, taskId, bytes.serialize(EVENTS, TaskRecords.event(event))))
                        .get();
            }
        }
    }

    private static StatusEvent event(String taskId, TaskStatus status) {
        TaskIdentity task = new TaskIdentity(taskId, "w1", "loop", "HTTP", "ref");
        return new StatusEvent(task, status, 0, 9, 5, EventSource.NATIVE, EpochEvidence.NONE);
    }

    private Map<String, AuditFinding> findings() {
        String topic = settings().topics().repairResults();
        var bytes = new AvroDeserializer<>(RepairResult.class, registry);
        Map<String, AuditFinding> findings = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(kafka(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    RepairResult result = bytes.deserialize(topic, record.value());
                    if (result.getFinding() != null) {
                        findings.put(result.getTaskId(), result.getFinding());
                    }
                });
            }
        }
        return findings;
    }

    private int audit(String... more) {
        PrintStream stdout = System.out;
        PrintStream stderr = System.err;
        ByteArrayOutputStream newOut = new ByteArrayOutputStream();
        ByteArrayOutputStream newErr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(newOut, true, UTF_8));
        System.setErr(new PrintStream(newErr, true, UTF_8));
        List<String> all = new ArrayList<>(List.of("audit"));
        all.addAll(List.of(more));
        values.forEach((name, value) -> all.addAll(List.of("--set", name + "=" + value)));
        try {
            return Main.execute(new DemoJarHint(), all.toArray(String[]::new));
        } finally {
            System.setOut(stdout);
            System.setErr(stderr);
            out = newOut.toString(UTF_8);
            err = newErr.toString(UTF_8);
        }
    }

    private Settings settings() {
        return Settings.load(Optional.empty(), Map.of(), values);
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }
}

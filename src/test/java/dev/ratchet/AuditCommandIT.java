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
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.AuditFinding;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
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
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
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

    @TempDir
    Path folder;

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
    void bothPartitionsAuditTheirTasksOnceAndPublishWhatDiffers() throws Exception {
        applyTopics();
        givenTasks();
        SchemaRegistry registry = SchemaRegistry.of(settings().serde());
        try (RatchetStream stream = StreamFactory.of(settings(), registry, new EventCounters());
                RepairWorker repairs = RepairService.worker(settings(), registry, stream::close)
                        .orElseThrow()) {
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
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(read("task-status-changelog", TaskStatusChange.class))
                            .anyMatch(change -> change.getTaskId().equals("ahead")
                                    && change.getStatus() == dev.ratchet.v1.TaskStatus.COMPLETED));

            assertThat(audit("--all")).as(err).isZero();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(findings()).containsEntry("behind", AuditFinding.BEHIND));
            assertThat(conductor.asked("GET /tasks/quiet0")).isBetween(1L, 2L);
        }
    }

    @Test
    void whereNobodyWouldAskConductorItIsRefused() {
        values.put("ratchet.repair.mode", "off");
        assertThat(audit()).isEqualTo(2);
        assertThat(err)
                .startsWith(
                        "Expected ratchet.repair.mode or ratchet.audit.mode not to be off, but both are: no instance");

        values.remove("ratchet.conductor.url");
        assertThat(audit()).isEqualTo(2);
        assertThat(err).contains("Expected ratchet.conductor.url to be set");
    }

    @Test
    void withoutTheTopicOrABrokerItIsOneClearLine() {
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

    private void applyTopics() {
        try (TopicAdmin admin = new TopicAdmin(settings().kafka())) {
            admin.apply(TopicPlan.of(settings()));
        }
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
        String topic = settings().topics().events();
        var bytes = new AvroSerializer<>(
                TaskStatusEvent.class, SchemaRegistry.of(settings().serde()));
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka(), new StringSerializer(), new ByteArraySerializer())) {
            for (StatusEvent event : events) {
                byte[] value = bytes.serialize(topic, TaskRecords.event(event));
                producer.send(new ProducerRecord<>(topic, event.task().taskId(), value))
                        .get();
            }
        }
    }

    private static StatusEvent event(String taskId, TaskStatus status) {
        EpochEvidence evidence = new EpochEvidence(
                new EpochKey(1_000, 0), 1_010, 0, 1, EpochEvidence.Flag.NO, EpochEvidence.Flag.NO, 0, 0);
        TaskIdentity task = new TaskIdentity(taskId, "w1", "loop", "HTTP", "ref");
        return new StatusEvent(task, status, 0, 9, 5, EventSource.NATIVE, evidence);
    }

    private Map<String, AuditFinding> findings() {
        Map<String, AuditFinding> findings = new HashMap<>();
        read("conductor-repair-results", RepairResult.class).stream()
                .filter(result -> result.getFinding() != null)
                .forEach(result -> findings.put(result.getTaskId(), result.getFinding()));
        return findings;
    }

    private <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
        var values = new AvroDeserializer<>(type, SchemaRegistry.of(settings().serde()));
        List<T> read = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(kafka(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> read.add(values.deserialize(topic, record.value())));
            }
        }
        return read;
    }

    private int audit(String... more) {
        PrintStream stdout = System.out;
        PrintStream stderr = System.err;
        ByteArrayOutputStream newOut = new ByteArrayOutputStream();
        ByteArrayOutputStream newErr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(newOut, true, UTF_8));
        System.setErr(new PrintStream(newErr, true, UTF_8));
        try {
            Stream<String> set =
                    values.entrySet().stream().flatMap(one -> Stream.of("--set", one.getKey() + "=" + one.getValue()));
            return Main.execute(
                    new DemoJarHint(),
                    Stream.of(Stream.of("audit"), Stream.of(more), set)
                            .flatMap(each -> each)
                            .toArray(String[]::new));
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

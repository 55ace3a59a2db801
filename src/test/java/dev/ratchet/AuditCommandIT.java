package dev.ratchet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.cli.DemoJarHint;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.worker.StatefulConductor;
import dev.ratchet.state.StoreSerdes;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.AuditFinding;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatusEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ratchet audit}, on a store changelog as the stream leaves it. */
@Timeout(180)
class AuditCommandIT {
    @TempDir
    static Path folder;

    private static EmbeddedKafka broker;

    private final String id = "a" + UUID.randomUUID();
    private final Map<String, String> values = new HashMap<>();
    private StatefulConductor conductor;
    private String out = "";
    private String err = "";

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void prepare() throws Exception {
        conductor = StatefulConductor.start();
        values.putAll(Map.of(
                "ratchet.application.id",
                id,
                "ratchet.topic.repair-results",
                id + "-results",
                "ratchet.topic.partitions",
                "2",
                "ratchet.audit.rate",
                "1000",
                "ratchet.conductor.rate",
                "1000",
                "ratchet.schema.registry.url",
                "mock://" + id,
                "ratchet.conductor.url",
                conductor.url().toString(),
                "kafka.bootstrap.servers",
                broker.bootstrapServers()));
        try (TopicAdmin admin = new TopicAdmin(settings().kafka())) {
            admin.apply(TopicPlan.of(settings()));
        }
    }

    @AfterEach
    void leave() {
        conductor.close();
    }

    @Test
    void itAsksAboutLiveTasksTellsWhatDiffersAndPostsIt() throws Exception {
        givenAllKinds();

        assertThat(audit()).isZero();

        assertThat(out.lines())
                .containsExactly(
                        "ahead ref_ahead: last reported IN_PROGRESS, Conductor holds COMPLETED (ahead)",
                        "Audited 5 of 5 tasks: 1 consistent, 1 ahead, 0 behind, 1 in another epoch, 0 reopened,"
                                + " 1 unknown to Conductor, 1 unreadable.");
        assertThat(err).contains("Auditing 5 tasks", "pondering: could not be audited");
        assertThat(results()).hasSize(2).anySatisfy(result -> {
            assertThat(result.getTaskId()).isEqualTo("gone");
            assertThat(result.getFinding()).isEqualTo(AuditFinding.NO_SUCH_TASK);
            assertThat(result.getAttempt()).isZero();
        });
        assertThat(results()).anySatisfy(result -> {
            TaskStatusEvent event = result.getEvent();
            assertThat(result.getTaskId()).isEqualTo("ahead");
            assertThat(result.getResult()).isEqualTo(RepairOutcome.AUDITED);
            assertThat(result.getFinding()).isEqualTo(AuditFinding.AHEAD);
            assertThat(event.getTaskId()).isEqualTo("ahead");
            assertThat(event.getStatus()).isEqualTo(dev.ratchet.v1.TaskStatus.COMPLETED);
            assertThat(event.getSource()).isEqualTo(TaskSource.AUDIT);
            assertThat(event.getSequence()).isEqualTo(9);
            assertThat(event.getEpoch()).isEqualTo(1);
        });
    }

    @Test
    void withAllItAsksAboutEndedOnesToo() throws Exception {
        givenAllKinds();

        assertThat(audit("--all")).isZero();

        assertThat(out).contains("behind ref_behind: last reported COMPLETED, Conductor holds IN_PROGRESS (behind)");
        assertThat(out).contains("Audited 6 of 6 tasks");
        assertThat(results()).extracting(RepairResult::getTaskId).containsExactlyInAnyOrder("ahead", "behind", "gone");
    }

    @Test
    void aTaskThatConductorDidNotKnowBeforeIsReportedWhateverTheAnswer() throws Exception {
        conductor.holds("known", "IN_PROGRESS");
        storeWatched(List.of(notFound("gone", 1), notFound("known", 1)));

        assertThat(audit()).isZero();

        assertThat(results())
                .extracting(RepairResult::getTaskId, RepairResult::getAttempt, RepairResult::getFinding)
                .containsExactlyInAnyOrder(
                        tuple("gone", 1, AuditFinding.NO_SUCH_TASK), tuple("known", 1, AuditFinding.CONSISTENT));
        assertThat(out.lines()).singleElement().asString().startsWith("Audited 2 of 2 tasks: 1 consistent, 0 ahead");
    }

    @Test
    void aDryRunPostsNothingAndJsonIsAllThatIsOnStdout() throws Exception {
        givenAllKinds();
        values.remove("ratchet.schema.registry.url");

        assertThat(audit("--dry-run", "--json")).isZero();

        assertThat(new ObjectMapper().readTree(out))
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"taskId\":\"ahead\",\"referenceTaskName\":\"ref_ahead\","
                                + "\"workflowId\":\"w1\",\"finding\":\"ahead\",\"standing\":\"IN_PROGRESS\","
                                + "\"heard\":\"IN_PROGRESS\",\"conductor\":\"COMPLETED\"}"));
        assertThat(err).contains("Audited 5 of 5 tasks");
        values.put("ratchet.schema.registry.url", "mock://" + id);
        assertThat(results()).isEmpty();
    }

    @Test
    void whatWasInterruptedGoesOnWhereItStopped() throws Exception {
        List<TaskState> states = new ArrayList<>();
        for (int i = 10; i < 30; i++) {
            states.add(state("t" + i, TaskStatus.IN_PROGRESS));
            conductor.holds("t" + i, "COMPLETED");
        }
        store(states);
        Path file = folder.resolve(id + ".checkpoint");
        conductor.fault = request -> request.compareTo("GET /tasks/t15") >= 0
                ? Optional.of((exchange, answer) -> exchange.sendResponseHeaders(503, -1))
                : Optional.empty();

        assertThat(audit("--checkpoint", file.toString())).isEqualTo(1);
        assertThat(out).contains("Audited 5 of 20 tasks: 0 consistent, 5 ahead");
        assertThat(err).contains("Stopped early. Conductor is unavailable", "with --checkpoint " + file + " to resume");
        assertThat(Files.readString(file).strip()).isEqualTo("t14");

        conductor.fault = request -> Optional.empty();
        conductor.asked.clear();
        assertThat(audit("--checkpoint", file.toString())).isZero();
        assertThat(err).contains("Auditing 15 tasks; 5 were audited before");
        assertThat(conductor.asked).hasSize(15).startsWith("GET /tasks/t15");
        assertThat(file).doesNotExist();
        assertThat(results()).hasSize(20).extracting(RepairResult::getTaskId).doesNotHaveDuplicates();
    }

    @Test
    void withoutTheStreamsStateItSaysWhatIsMissing() {
        assertThat(audit()).isEqualTo(1);
        assertThat(err.lines())
                .singleElement()
                .asString()
                .startsWith("Expected topic " + id + "-task-states-changelog to exist, but it does not");
    }

    @Test
    void withoutABrokerItIsOneClearLine() {
        values.put("kafka.bootstrap.servers", "127.0.0.1:9");
        values.put("kafka.admin.default.api.timeout.ms", "2000");
        values.put("kafka.admin.request.timeout.ms", "2000");
        assertThat(audit()).isEqualTo(1);
        assertThat(err.lines()).singleElement().asString().startsWith("Expected a Kafka broker at");
    }

    @Test
    void whatIsCalledWronglyIsSaid() throws Exception {
        Path file = Files.writeString(folder.resolve(id + ".wrong"), "one\ntwo\n");
        assertThat(audit("--checkpoint", file.toString())).isEqualTo(2);
        assertThat(err).contains("Expected a checkpoint to hold one task id, but " + file + " holds 2 lines");

        assertThat(audit("--checkpoint", folder.resolve("none/there").toString()))
                .isEqualTo(2);

        values.remove("ratchet.conductor.url");
        assertThat(audit()).isEqualTo(2);
        assertThat(err).contains("Expected ratchet.conductor.url to be set");
    }

    private void givenAllKinds() throws Exception {
        conductor.holds("ahead", "COMPLETED").endTime = 2_000;
        conductor.holds("consistent", "IN_PROGRESS");
        conductor.holds("other", "COMPLETED").retryCount = 1;
        conductor.holds("pondering", "PONDERING");
        conductor.holds("behind", "IN_PROGRESS");
        conductor.holds("deleted", "COMPLETED");
        store(List.of(
                state("ahead", TaskStatus.SCHEDULED), // what came later counts
                state("ahead", TaskStatus.IN_PROGRESS),
                state("consistent", TaskStatus.IN_PROGRESS),
                state("other", TaskStatus.IN_PROGRESS),
                state("pondering", TaskStatus.IN_PROGRESS),
                state("gone", TaskStatus.IN_PROGRESS),
                state("behind", TaskStatus.IN_PROGRESS),
                state("behind", TaskStatus.COMPLETED),
                state("deleted", TaskStatus.IN_PROGRESS),
                StatusReducer.reduceDeletion(state("deleted", TaskStatus.IN_PROGRESS), EventSource.NATIVE, 20)));
    }

    private static TaskState state(String taskId, TaskStatus status) {
        EpochEvidence evidence = new EpochEvidence(
                new EpochKey(1_000, 0), 1_010, 0, 1, EpochEvidence.Flag.NO, EpochEvidence.Flag.NO, 0, 0);
        return StatusReducer.reduceFirst(new StatusEvent(
                        new TaskIdentity(taskId, "w1", "loop", "HTTP", "ref"),
                        status,
                        0,
                        9,
                        5,
                        EventSource.CDC,
                        evidence))
                .state();
    }

    private static TrackedTask notFound(String taskId, int times) {
        return new TrackedTask(
                state(taskId, TaskStatus.IN_PROGRESS),
                0,
                TrackedTask.NEVER,
                TrackedTask.NEVER,
                TrackedTask.NEVER,
                TrackedTask.NEVER,
                times);
    }

    private void store(List<TaskState> states) throws Exception {
        storeWatched(states.stream()
                .map(state -> new TrackedTask(
                        state, 0, TrackedTask.NEVER, TrackedTask.NEVER, TrackedTask.NEVER, TrackedTask.NEVER))
                .toList());
    }

    private void storeWatched(List<TrackedTask> tasks) throws Exception {
        String topic = id + "-task-states-changelog";
        try (Admin admin = Admin.create(kafka());
                KafkaProducer<String, byte[]> producer =
                        new KafkaProducer<>(kafka(), new StringSerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
            for (TrackedTask tracked : tasks) {
                byte[] bytes = StoreSerdes.tracked().serializer().serialize(topic, tracked);
                producer.send(new ProducerRecord<>(topic, tracked.task().task().taskId(), bytes))
                        .get();
            }
            producer.send(new ProducerRecord<>(topic, "forgotten", null)).get();
        }
    }

    private List<RepairResult> results() {
        List<RepairResult> results = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(kafka(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(
                    new TopicPartition(settings().topics().repairResults(), 0),
                    new TopicPartition(settings().topics().repairResults(), 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            var values = new AvroDeserializer<>(
                    RepairResult.class, SchemaRegistry.of(settings().serde()));
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> results.add(values.deserialize(record.topic(), record.value())));
            }
        }
        return results;
    }

    private int audit(String... more) {
        PrintStream stdout = System.out;
        PrintStream stderr = System.err;
        ByteArrayOutputStream newOut = new ByteArrayOutputStream();
        ByteArrayOutputStream newErr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(newOut, true, UTF_8));
        System.setErr(new PrintStream(newErr, true, UTF_8));
        try {
            return Main.execute(
                    new DemoJarHint(),
                    Stream.of(
                                    Stream.of("audit"),
                                    Stream.of(more),
                                    values.entrySet().stream()
                                            .flatMap(one -> Stream.of("--set", one.getKey() + "=" + one.getValue())))
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

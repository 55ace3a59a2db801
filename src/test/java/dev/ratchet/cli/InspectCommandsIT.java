package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.cluster.Outputs;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.TaskStatusChange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tail} and {@code verify} on what a stream has published. */
@Timeout(300)
class InspectCommandsIT {
    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static Settings settings;

    @BeforeAll
    static void publish() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        settings = Settings.load(Optional.empty(), Map.of(), values());
        SchemaRegistry registry = SchemaRegistry.of(settings.serde());
        try (TopicAdmin topics = new TopicAdmin(settings.kafka())) {
            topics.apply(TopicPlan.of(settings));
        }
        produce(settings.topics().cdc(), "t1", row("t1", "w1", "IN_PROGRESS", 1));
        produce(settings.topics().cdc(), "t1", row("t1", "w1", "COMPLETED", 2));
        produce(settings.topics().cdc(), "t1", row("t1", "w1", "IN_PROGRESS", 3));
        produce(settings.topics().cdc(), "t2", row("t2", "w2", "SCHEDULED", 4));
        produce(settings.topics().cdc(), "t3", "{not json");
        try (Outputs outputs = new Outputs(settings, registry);
                RatchetStream stream = StreamFactory.of(settings, registry, new ReadableEventCounters())) {
            stream.start();
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                outputs.poll();
                assertThat(outputs.changes).hasSize(3);
                assertThat(outputs.alerts).hasSize(1);
                assertThat(outputs.deadLetters).hasSize(1);
            });
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void tailPrintsTheChangesOfATask() {
        assertThat(ratchet("tail", "--from-beginning", "--task", "t1")
                        .thenExits(0)
                        .outLines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("changelog-", " t1 ", "IN_PROGRESS, epoch 1, revision 1"),
                        line -> assertThat(line).contains("IN_PROGRESS -> COMPLETED, epoch 1, revision 2"));
    }

    @Test
    void tailSelectsByKindAndPrintsJson() {
        assertThat(ratchet("tail", "alerts", "rejections", "--from-beginning", "--kind", "lost_update", "--json")
                        .thenExits(0)
                        .lines())
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.path("topic").textValue()).isEqualTo("task-status-alerts");
                    assertThat(alert.path("key").textValue()).isEqualTo("t1");
                    assertThat(alert.path("value").path("kind").textValue()).isEqualTo("LOST_UPDATE");
                    assertThat(alert.path("value").path("state").textValue()).isEqualTo("OPENED");
                });
    }

    @Test
    void tailReadsRowsByWorkflowAndDeadLettersByCategory() {
        assertThat(ratchet("tail", "cdc", "--from-beginning", "--workflow", "w2", "--json")
                        .thenExits(0)
                        .lines())
                .extracting(row -> row.path("value")
                        .path("after")
                        .path("json_data")
                        .path("status")
                        .textValue())
                .containsExactly("SCHEDULED");
        assertThat(ratchet("tail", "dead-letters", "--from-beginning", "--kind", "MALFORMED")
                        .thenExits(0)
                        .outLines())
                .singleElement()
                .asString()
                .contains("dead-letters-", " t3 ", "MALFORMED from conductor.public.task-");
    }

    @Test
    void tailEndsAfterTheGivenNumberOfRecords() {
        assertThat(ratchet("tail", "--from-beginning", "--max", "2")
                        .thenExits(0)
                        .outLines())
                .hasSize(2);
        assertThat(ratchet("tail", "--since", "PT1H", "--max", "3").thenExits(0).outLines())
                .hasSize(3);
        assertThat(ratchet("tail", "--since", "1969-01-01T00:00:00Z", "--max", "3")
                        .thenExits(0)
                        .outLines())
                .hasSize(3);
        assertThat(ratchet("tail", "--since", "2999-01-01T00:00:00Z")
                        .thenExits(0)
                        .outLines())
                .isEmpty();
    }

    @Test
    void wrongOptionsAndMissingTopicsAreNamed() {
        assertThat(ratchet("tail", "--since", "yesterday")
                        .thenExits(2)
                        .errLines()
                        .get(0))
                .startsWith("Expected --since to be an instant such as ");
        assertThat(ratchet("tail", "--since", "PT1H", "--from-beginning")
                        .thenExits(2)
                        .errLines()
                        .get(0))
                .startsWith("Expected --from-beginning or --since, but got both");
        assertThat(ratchet("tail", "--set", "ratchet.topic.changelog=absent")
                        .thenExits(1)
                        .errLines())
                .containsExactly("Expected topic absent to exist, but it does not: run 'ratchet topics apply'.");
    }

    @Test
    void verifyHoldsThePromisesAgainstTheChangelog() throws Exception {
        assertThat(ratchet("verify").thenExits(0).outLines())
                .containsExactly("Checked 3 changes of 2 tasks, and 0 tombstones: nothing is wrong.");

        String broken = "broken-changelog";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(broken, 1, (short) 1)))
                    .all()
                    .get();
        }
        produceChange(broken, 1);
        produceChange(broken, 3);
        assertThat(ratchet("verify", "--set", "ratchet.topic.changelog=" + broken)
                        .thenExits(1)
                        .outLines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(broken + "-")
                                .endsWith(" t9 chain: expected revision 2 after 1, but got 3"),
                        line -> assertThat(line)
                                .isEqualTo("Checked 2 changes of 1 tasks, and 0 tombstones: 1 are wrong."));
    }

    @Test
    void deadLettersAreListedShownAndSentAgainOnce() throws Exception {
        List<String> listed = ratchet("dead-letters", "list", "--category", "MALFORMED")
                .thenExits(0)
                .outLines();
        assertThat(listed).hasSize(2).last().isEqualTo("Dead letters: 1 MALFORMED.");
        String position = listed.get(0).replaceFirst(".* dead-letters-(\\d+@\\d+) .*", "$1");
        assertThat(ratchet("dead-letters", "list", "--category", "TOO_LARGE")
                        .thenExits(0)
                        .outLines())
                .containsExactly("There are no dead letters.");

        assertThat(ratchet("dead-letters", "show", position).thenExits(0).out())
                .contains("\"ratchet.category\" : \"MALFORMED\"", "\"value\" : \"{not json\"");
        assertThat(ratchet("dead-letters", "show", "0@999").thenExits(1).errLines())
                .containsExactly("Expected a dead letter at 0@999, but there is none.");

        String topic = settings.topics().cdc();
        assertThat(ratchet("dead-letters", "redrive").thenExits(0).outLines())
                .containsExactly(
                        "would send " + position + " to " + topic,
                        "1 to send, 0 left. Dry run: nothing was sent. Add --execute to send.");
        assertThat(ratchet("dead-letters", "redrive", "--execute").thenExits(0).outLines())
                .containsExactly("sent " + position + " to " + topic, "1 sent, 0 left.");
        assertThat(ratchet("dead-letters", "redrive", "--execute").thenExits(0).outLines())
                .containsExactly("0 sent, 0 left.");
        assertThat(ratchet("tail", "cdc", "--from-beginning", "--task", "t3", "--json")
                        .thenExits(0)
                        .lines())
                .hasSize(2)
                .last()
                .satisfies(again -> {
                    assertThat(again.path("value").textValue()).isEqualTo("{not json");
                    assertThat(again.path("headers").toString()).isEqualTo("{\"ratchet.redrive.count\":\"1\"}");
                });
    }

    @Test
    void aDeadLetterThatCameBackThreeTimesOrFromElsewhereIsLeft() throws Exception {
        String topic = "other-dead-letters";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        produceDeadLetter(topic, settings.topics().events(), "3");
        produceDeadLetter(topic, "payroll", "0");
        assertThat(ratchet("dead-letters", "redrive", "--execute", "--set", "ratchet.topic.dead-letters=" + topic)
                        .thenExits(0)
                        .outLines())
                .containsExactly(
                        "left 0@0: it was sent again 3 times already (--max-attempts)",
                        "left 0@1: it came from 'payroll', which is no input of Ratchet's",
                        "0 sent, 2 left.");
    }

    @Test
    void aRedriveStopsAfterTheGivenNumberAndContinuesThere() throws Exception {
        String topic = "many-dead-letters";
        createTopic(topic);
        String from = settings.topics().cdc();
        for (int i = 0; i < 3; i++) {
            produceDeadLetter(topic, from, "0");
        }
        String[] redrive = {
            "dead-letters", "redrive", "--execute", "--max", "2", "--set", "ratchet.topic.dead-letters=" + topic
        };
        assertThat(ratchet(redrive).thenExits(0).outLines())
                .containsExactly("sent 0@0 to " + from, "sent 0@1 to " + from, "2 sent, 0 left.");
        assertThat(ratchet(redrive).thenExits(0).outLines()).containsExactly("sent 0@2 to " + from, "1 sent, 0 left.");
        assertThat(ratchet("dead-letters", "redrive", "--max", "0").thenExits(2).errLines())
                .contains("Expected --max and --max-attempts to be at least 1, but got 0.");
    }

    @Test
    void aRecordThatCannotBeDecodedIsShownAndNotFatal() throws Exception {
        String topic = "odd-changelog";
        createTopic(topic);
        produceChange(topic, 1);
        produceBytes(topic, "t9", "no Avro\u001b[31m".getBytes(StandardCharsets.UTF_8));
        produceBytes(topic, "t9", new byte[] {0, 0, 0, 0, 99, 1});
        produceBytes(topic, null, null);
        produceChange(topic, 2);
        String[] tail = {"tail", "--from-beginning", "--set", "ratchet.topic.changelog=" + topic};
        assertThat(ratchet(tail).thenExits(0).outLines())
                .satisfiesExactly(
                        line -> assertThat(line).contains(" t9 ", "revision 1"),
                        line -> assertThat(line).contains(" t9 cannot be decoded: "),
                        line -> assertThat(line).contains(" t9 cannot be decoded: "),
                        line -> assertThat(line).endsWith(" - removed (tombstone)"),
                        line -> assertThat(line).contains(" t9 ", "revision 2"))
                .noneMatch(line -> line.contains("\u001b"));
        assertThat(ratchet("verify", "--set", "ratchet.topic.changelog=" + topic)
                        .thenExits(1)
                        .outLines())
                .hasSize(4) // revision 2 repeats a status
                .last()
                .isEqualTo("Checked 4 changes of 1 tasks, and 1 tombstones: 3 are wrong.");
    }

    @Test
    void aGapOfACompactedChangelogIsNoFinding() throws Exception {
        String topic = "compacted-changelog";
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
        produceChange(topic, 1);
        produceChange(topic, 3);
        assertThat(ratchet("verify", "--set", "ratchet.topic.changelog=" + topic)
                        .thenExits(0)
                        .outLines())
                .containsExactly(
                        "Checked 2 changes of 1 tasks, and 0 tombstones: nothing is wrong.",
                        "1 changes cannot be checked against the change before: compaction or retention removed it, or"
                                + " the changelog was lost.");
    }

    @Test
    void noBrokerOrNoRegistryIsOneLine() {
        String[] noBroker = {
            "--set", "kafka.bootstrap.servers=127.0.0.1:9",
            "--set", "kafka.admin.default.api.timeout.ms=2000",
            "--set", "kafka.admin.request.timeout.ms=2000"
        };
        for (String[] command : new String[][] {
            {"tail"}, {"verify"}, {"dead-letters", "list"}, {"dead-letters", "redrive"}, {"repairs", "list"}
        }) {
            assertThat(ratchet(Stream.concat(Stream.of(command), Stream.of(noBroker))
                                    .toArray(String[]::new))
                            .thenExits(1)
                            .errLines())
                    .singleElement()
                    .asString()
                    .startsWith("Expected a Kafka broker at kafka.bootstrap.servers=127.0.0.1:9, but none answered");
        }
        assertThat(ratchet("verify", "--set", "ratchet.schema.registry.url=http://127.0.0.1:9")
                        .thenExits(1)
                        .errLines())
                .singleElement()
                .asString()
                .contains("http://127.0.0.1:9");
    }

    @Test
    void aResultWithoutAKeyDoesNotStopTheListOfRepairs() throws Exception {
        String results = settings.topics().repairResults();
        createTopic(results);
        produceBytes(results, null, new byte[] {1});
        assertThat(ratchet("repairs", "list").thenExits(0).outLines())
                .hasSizeGreaterThan(1)
                .first()
                .asString()
                .startsWith("t1 ref of workflow w1: should be COMPLETED");
    }

    private static void createTopic(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static void produceBytes(String topic, @Nullable String key, byte @Nullable [] value) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    private static void produceDeadLetter(String topic, String from, String count) throws Exception {
        ProducerRecord<String, String> letter = new ProducerRecord<>(topic, "t5", "{");
        letter.headers()
                .add("__streams.errors.topic", from.getBytes(StandardCharsets.UTF_8))
                .add("ratchet.redrive.count", count.getBytes(StandardCharsets.UTF_8));
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(letter).get();
        }
    }

    private static void produceChange(String topic, long revision) throws Exception {
        TaskStatusChange change = new TaskStatusChange();
        change.setTaskId("t9");
        change.setWorkflowId("w9");
        change.setTaskType("SIMPLE");
        change.setReferenceTaskName("ref");
        change.setStatus(dev.ratchet.v1.TaskStatus.SCHEDULED);
        change.setEpoch(1);
        change.setSequence(revision);
        change.setRevision(revision);
        change.setPreviousStatus(revision == 1 ? null : dev.ratchet.v1.TaskStatus.SCHEDULED);
        change.setOccurredAt(java.time.Instant.EPOCH);
        change.setSource(dev.ratchet.v1.TaskSource.CDC);
        byte[] bytes = new AvroSerdes(settings.serde(), SchemaRegistry.of(settings.serde()))
                .serializer(TaskStatusChange.class)
                .serialize(topic, change);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, "t9", bytes)).get();
        }
    }

    private static String row(String task, String workflow, String status, int lsn) {
        return ("{\"op\":\"u\",\"after\":{\"task_id\":\"%s\",\"json_data\":"
                        + "\"{\\\"status\\\":\\\"%s\\\",\\\"workflowInstanceId\\\":\\\"%s\\\",\\\"referenceTaskName\\\":\\\"ref\\\"}\"},"
                        + "\"source\":{\"lsn\":%d,\"ts_ms\":%d}}")
                .formatted(task, status, workflow, lsn, lsn);
    }

    private static void produce(String topic, String key, String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    private static CommandResult ratchet(String... arguments) {
        Stream<String> given =
                values().entrySet().stream().flatMap(one -> Stream.of("--set", one.getKey() + "=" + one.getValue()));
        int words = List.of("dead-letters", "repairs").contains(arguments[0]) ? 2 : 1;
        // The last --set of a name wins
        return CommandResult.ratchet(Stream.concat(
                        Stream.concat(Stream.of(arguments).limit(words), given),
                        Stream.of(arguments).skip(words))
                .toArray(String[]::new));
    }

    private static Map<String, String> values() {
        return new HashMap<>(Map.of(
                "ratchet.source", "debezium",
                "ratchet.topic.partitions", "2",
                "ratchet.application.id", "inspected",
                "ratchet.state.dir", folder.resolve("state").toString(),
                "ratchet.schema.registry.url", "mock://inspect",
                "kafka.bootstrap.servers", kafka.bootstrapServers()));
    }
}

package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.Recordings.Recorded;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.RepairCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Timers start once the records that existed at assignment are read, whatever follows them and whatever is at the end of the log. */
class CatchUpIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;

    private final List<RatchetStream> streams = new ArrayList<>();
    private Settings settings;
    private SchemaRegistry registry;
    private Outputs outputs;
    private Admin admin;
    private long sequence;

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) {
        settings = settings(test.getTestMethod().orElseThrow().getName(), "one");
        registry = SchemaRegistry.of(settings.serde());
        try (TopicAdmin topics = new TopicAdmin(settings.kafka())) {
            topics.apply(TopicPlan.of(settings));
        }
        outputs = new Outputs(settings, registry);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterEach
    void close() {
        streams.forEach(RatchetStream::close);
        outputs.close();
        admin.close();
    }

    @Test
    void steadyLoadDoesNotDelayRepairs() throws Exception {
        try (SteadyRecords load = SteadyRecords.start(kafka.bootstrapServers(), settings)) {
            loseUpdate("first");
            start(settings);
            awaitRepairOf("first");
            RatchetStream second = start(settings(settings.application().id(), "two"));
            for (int i = 0; i < 8; i++) { // on both partitions
                loseUpdate("joined-" + i);
            }
            awaitRepairOf(
                    "joined-0", "joined-1", "joined-2", "joined-3", "joined-4", "joined-5", "joined-6", "joined-7");
            second.close();
            for (int i = 0; i < 8; i++) {
                loseUpdate("left-" + i);
            }
            awaitRepairOf("left-0", "left-1", "left-2", "left-3", "left-4", "left-5", "left-6", "left-7");
            load.requireAlive();
        }
    }

    @Test
    void abortedTransactionDoesNotDelayCatchUp() throws Exception {
        abortOnEvents();
        loseUpdate("t1");
        start(settings);
        awaitRepairOf("t1");
    }

    @Test
    void abortedTransactionAfterCommittedOffsetDoesNotDelayCatchUp() throws Exception {
        readSomeEventsAndStop();
        abortOnEvents();
        loseUpdate("t1");
        start(settings);
        awaitRepairOf("t1");
    }

    @Test
    void inputEmptiedByRetentionDoesNotDelayCatchUp() throws Exception {
        readSomeEventsAndStop();
        sendUnreadableEvents(5);
        deleteEvents();
        loseUpdate("t1");
        start(settings);
        awaitRepairOf("t1");
    }

    @Test
    void recordsBeforeAbortedTransactionAreReadFirst() throws Exception {
        List<Recorded> backlog = new ArrayList<>(lostUpdate("healed"));
        for (int i = 0; i < 60_000; i++) {
            backlog.add(record("other", "IN_PROGRESS"));
        }
        backlog.add(record("healed", "COMPLETED"));
        Inputs.produce(settings, backlog);
        abort(settings.topics().cdc(), List.of("healed", "healed"));
        abortOnEvents();
        start(settings);
        loseUpdate("late");
        awaitRepairOf("late");
        assertThat(outputs.commands).extracting(RepairCommand::getTaskId).containsOnly("late");
    }

    /** Leaves a committed offset on each partition of the events topic. */
    private void readSomeEventsAndStop() throws Exception {
        sendUnreadableEvents(2);
        RatchetStream stream = start(settings);
        await().atMost(TIMEOUT).until(() -> committed() == ends());
        stream.close();
    }

    private void abortOnEvents() {
        abort(settings.topics().events(), List.of("0", "1"));
    }

    /** Sends one to each partition. */
    private void sendUnreadableEvents(int times) throws Exception {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            for (int partition = 0; partition < 2; partition++) {
                records.add(new ProducerRecord<>(settings.topics().events(), partition, "x", new byte[] {1}));
            }
        }
        Inputs.send(kafka.bootstrapServers(), records);
    }

    /** @param keys one per partition */
    private void abort(String topic, List<String> keys) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "aborting"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int partition = 0; partition < keys.size(); partition++) {
                for (int i = 0; i < 3; i++) {
                    var unused = producer.send(new ProducerRecord<>(
                            topic, partition, keys.get(partition), "aborted".getBytes(StandardCharsets.UTF_8)));
                }
            }
            producer.flush();
            producer.abortTransaction();
        }
    }

    private void deleteEvents() throws Exception {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (int partition = 0; partition < 2; partition++) {
            all.put(new TopicPartition(settings.topics().events(), partition), RecordsToDelete.beforeOffset(-1)); // all
        }
        admin.deleteRecords(all).all().get();
    }

    private long committed() throws ExecutionException, InterruptedException {
        return admin
                .listConsumerGroupOffsets(settings.application().id())
                .partitionsToOffsetAndMetadata()
                .get()
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().topic().equals(settings.topics().events()))
                .map(Map.Entry::getValue)
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    private long ends() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (int partition = 0; partition < 2; partition++) {
            wanted.put(new TopicPartition(settings.topics().events(), partition), OffsetSpec.latest());
        }
        return admin
                .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .values()
                .stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    private void loseUpdate(String task) throws Exception {
        Inputs.produce(settings, lostUpdate(task));
    }

    private List<Recorded> lostUpdate(String task) {
        return List.of(record(task, "COMPLETED"), record(task, "IN_PROGRESS"));
    }

    private Recorded record(String task, String status) {
        return SteadyRecords.record(task, status, ++sequence);
    }

    private void awaitRepairOf(String... tasks) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(outputs.poll().commands)
                        .extracting(RepairCommand::getTaskId)
                        .contains(tasks));
    }

    private RatchetStream start(Settings of) {
        RatchetStream stream = StreamFactory.of(of, registry, new EventCounters());
        streams.add(stream);
        stream.start();
        await().atMost(TIMEOUT).until(() -> stream.state() == State.RUNNING);
        return stream;
    }

    private static Settings settings(String application, String instance) {
        Map<String, String> values = new HashMap<>();
        values.put("ratchet.source", "debezium");
        values.put("ratchet.application.id", application);
        values.put("ratchet.topic.partitions", "2");
        values.put("ratchet.repair.mode", "apply");
        values.put("ratchet.repair.settle", "PT0S");
        values.put("ratchet.conductor.url", "http://localhost:9/api");
        values.put(
                "ratchet.state.dir",
                folder.resolve(application + "-" + instance).toString());
        values.put("ratchet.schema.registry.url", "mock://" + application);
        values.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        for (String topic : List.of("events", "cdc", "changelog", "rejections", "alerts", "dead-letters")) {
            values.put("ratchet.topic." + topic, application + "." + topic);
        }
        values.put("ratchet.topic.repair-commands", application + ".commands");
        values.put("ratchet.topic.repair-results", application + ".results");
        return Settings.load(Optional.empty(), Map.of(), values);
    }
}

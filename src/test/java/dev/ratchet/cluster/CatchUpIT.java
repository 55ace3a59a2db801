package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.Recordings.Recorded;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.RepairCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private CatchUpInputs inputs;

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
        inputs = new CatchUpInputs(settings);
    }

    @AfterEach
    void close() {
        streams.forEach(RatchetStream::close);
        outputs.close();
        inputs.close();
    }

    @Test
    void steadyLoadDoesNotDelayRepairs() throws Exception {
        try (SteadyRecords load = SteadyRecords.start(kafka.bootstrapServers(), settings)) {
            inputs.loseUpdate("first");
            start(settings);
            awaitRepairOf("first");
            RatchetStream second = start(settings(settings.application().id(), "two"));
            for (int i = 0; i < 8; i++) { // on both partitions
                inputs.loseUpdate("joined-" + i);
            }
            awaitRepairOf(
                    "joined-0", "joined-1", "joined-2", "joined-3", "joined-4", "joined-5", "joined-6", "joined-7");
            second.close();
            for (int i = 0; i < 8; i++) {
                inputs.loseUpdate("left-" + i);
            }
            awaitRepairOf("left-0", "left-1", "left-2", "left-3", "left-4", "left-5", "left-6", "left-7");
            load.requireAlive();
        }
    }

    @Test
    void abortedTransactionDoesNotDelayCatchUp() throws Exception {
        inputs.abortOnEvents();
        inputs.loseUpdate("t1");
        start(settings);
        awaitRepairOf("t1");
    }

    @Test
    void abortedTransactionAfterCommittedOffsetDoesNotDelayCatchUp() throws Exception {
        readSomeEventsAndStop();
        inputs.abortOnEvents();
        inputs.loseUpdate("t1");
        start(settings);
        awaitRepairOf("t1");
    }

    @Test
    void inputEmptiedByRetentionDoesNotDelayCatchUp() throws Exception {
        readSomeEventsAndStop();
        inputs.sendUnreadableEvents(5);
        inputs.deleteEvents();
        inputs.loseUpdate("t1");
        start(settings);
        awaitRepairOf("t1");
    }

    @Test
    void recordsBeforeAbortedTransactionAreReadFirst() throws Exception {
        List<Recorded> backlog = new ArrayList<>(inputs.lostUpdate("healed"));
        for (int i = 0; i < 60_000; i++) {
            backlog.add(inputs.record("other", "IN_PROGRESS"));
        }
        backlog.add(inputs.record("healed", "COMPLETED"));
        Inputs.produce(settings, backlog);
        inputs.abort(settings.topics().cdc(), List.of("healed", "healed"));
        inputs.abortOnEvents();
        start(settings);
        inputs.loseUpdate("late");
        awaitRepairOf("late");
        assertThat(outputs.commands).extracting(RepairCommand::getTaskId).containsOnly("late");
    }

    /** Leaves a committed offset on each partition of the events topic. */
    private void readSomeEventsAndStop() throws Exception {
        inputs.sendUnreadableEvents(2);
        RatchetStream stream = start(settings);
        await().atMost(TIMEOUT).until(() -> inputs.committed() == inputs.ends());
        stream.close();
    }

    private void awaitRepairOf(String... tasks) {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(outputs.poll().commands)
                        .extracting(RepairCommand::getTaskId)
                        .contains(tasks));
    }

    private RatchetStream start(Settings of) {
        RatchetStream stream = StreamFactory.of(of, registry, new ReadableEventCounters());
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

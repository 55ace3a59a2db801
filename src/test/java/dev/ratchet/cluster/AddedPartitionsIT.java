package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.runtime.PartitionsChangedException;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Someone adds partitions to a topic while Ratchet runs. */
class AddedPartitionsIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private EmbeddedKafka kafka;
    private Settings settings;
    private SchemaRegistry registry;
    private Outputs outputs;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        settings = Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "ratchet.source", "debezium",
                        "ratchet.topic.partitions", "2",
                        "ratchet.state.dir", folder.resolve("state").toString(),
                        "ratchet.schema.registry.url", "mock://added",
                        "kafka.bootstrap.servers", kafka.bootstrapServers()));
        registry = SchemaRegistry.of(settings.serde());
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            admin.apply(TopicPlan.of(settings));
        }
        outputs = new Outputs(settings, registry);
    }

    @AfterEach
    void stop() {
        outputs.close();
        kafka.close();
    }

    @Test
    void addedPartitionStopsStreamWithoutDeadLetteringRecords() throws Exception {
        try (RatchetStream stream = running()) {
            add(settings.topics().cdc());
            produce("after", 30);
            assertThat(endOf(stream)).isEqualTo(message(settings.topics().cdc()));
        }
        assertThat(outputs.pollToEnd().deadLetters).isEmpty();
    }

    @Test
    void addedPartitionIsDetectedWithoutRecords() throws Exception {
        try (RatchetStream stream = running()) {
            add(settings.topics().changelog());
            assertThat(endOf(stream)).isEqualTo(message(settings.topics().changelog()));
        }
    }

    @Test
    void partitionsAddedWhileStoppedAreRejectedAtStart() throws Exception {
        running().close();
        add(settings.topics().events());
        add(settings.topics().cdc());
        add(settings.topics().changelog());
        assertThatThrownBy(() -> StreamFactory.of(settings, registry, new ReadableEventCounters()))
                .isInstanceOf(PartitionsChangedException.class)
                .hasMessageStartingWith(
                        "Expected topic ratchet-task-states-changelog to have 3 partitions, as the inputs"
                                + " have, but it has 2: ");
    }

    private RatchetStream running() throws Exception {
        RatchetStream stream = StreamFactory.of(settings, registry, new ReadableEventCounters());
        stream.start();
        produce("before", 1);
        await().atMost(TIMEOUT).until(() -> !outputs.poll().changes.isEmpty());
        return stream;
    }

    private void add(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3)))
                    .all()
                    .get();
        }
    }

    private void produce(String task, int count) throws Exception {
        Inputs.produce(
                settings,
                IntStream.range(0, count)
                        .mapToObj(number -> SteadyRecords.record(task + "-" + number, "IN_PROGRESS", number + 1))
                        .toList());
    }

    private static String endOf(RatchetStream stream) throws Exception {
        Throwable end = CompletableFuture.supplyAsync(() -> {
                    try {
                        return stream.awaitEnd().orElseThrow();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        while (end.getCause() != null) {
            end = end.getCause();
        }
        return end.getMessage();
    }

    private static String message(String topic) {
        return "Expected topic " + topic
                + " to have 2 partitions, as at the start of Ratchet, but it has 3. New events of a task may be on another"
                + " partition than its state, so Ratchet stops before it processes them. Kafka cannot remove partitions:"
                + " see docs/reset.md";
    }
}

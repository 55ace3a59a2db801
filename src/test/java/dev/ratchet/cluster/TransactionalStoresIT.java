package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.TaskStatusEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program is killed, with and without Kafka's transactional stores. */
class TransactionalStoresIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int TASKS = 500;
    private static final int PARTITIONS = 2;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void killKeepsTransactionalStores(boolean transactional) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                HttpRegistry registry = HttpRegistry.start()) {
            Map<String, String> values = values(kafka, registry, transactional);
            Settings settings = Settings.load(Optional.empty(), Map.of(), values);
            SchemaRegistry schemas = SchemaRegistry.of(settings.serde());
            try (RatchetProcess apply = RatchetProcess.start(folder, values, "topics", "apply")) {
                assertThat(apply.await()).as(apply.output()).isZero();
            }
            try (Outputs outputs = new Outputs(settings, schemas)) {
                try (RatchetProcess killed = RatchetProcess.start(folder, values, "run")) {
                    produce(settings, schemas, TaskStatus.SCHEDULED, 1);
                    await().atMost(TIMEOUT).until(() -> outputs.poll().changes.size() == TASKS);
                    produce(settings, schemas, TaskStatus.IN_PROGRESS, 2);
                    await().atMost(TIMEOUT).until(() -> outputs.poll().changes.size() > TASKS);
                    killed.kill();
                }
                Map<Path, String> before = identities();
                assertThat(before).hasSize(PARTITIONS * 3);
                try (RatchetProcess again = RatchetProcess.start(folder, values, "run")) {
                    produce(settings, schemas, TaskStatus.COMPLETED, 3);
                    await().atMost(TIMEOUT).until(() -> outputs.poll().changes.size() == 3 * TASKS);
                    assertThat(again.output()).contains("Stream is RUNNING");
                }
                if (transactional) {
                    assertThat(identities()).isEqualTo(before);
                } else {
                    assertThat(identities().keySet()).isEqualTo(before.keySet());
                    assertThat(identities().values()).doesNotContainAnyElementsOf(before.values());
                }
            }
        }
    }

    /** RocksDB's identity of each store, by folder: a recreated store has another one. */
    private Map<Path, String> identities() throws IOException {
        Map<Path, String> identities = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            for (Path file : files.filter(path -> path.endsWith("IDENTITY")).toList()) {
                identities.put(file.getParent(), Files.readString(file));
            }
        }
        return identities;
    }

    private static void produce(Settings settings, SchemaRegistry schemas, TaskStatus status, long sequence)
            throws Exception {
        String topic = settings.topics().events();
        AvroSerializer<TaskStatusEvent> bytes = new AvroSerializer<>(TaskStatusEvent.class, schemas);
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            TaskIdentity task = new TaskIdentity("t" + i, "w1", "loop", "HTTP", "upload");
            StatusEvent event =
                    new StatusEvent(task, status, 0, sequence, sequence, EventSource.NATIVE, EpochEvidence.NONE);
            records.add(new ProducerRecord<>(topic, "t" + i, bytes.serialize(topic, TaskRecords.event(event))));
        }
        Inputs.send((String) settings.kafka().get("bootstrap.servers"), records);
    }

    private Map<String, String> values(EmbeddedKafka kafka, HttpRegistry registry, boolean transactional) {
        return Map.of(
                "ratchet.source",
                "native",
                "ratchet.topic.partitions",
                String.valueOf(PARTITIONS),
                "ratchet.http.port",
                "0",
                "ratchet.state.dir",
                folder.resolve("state").toString(),
                "ratchet.schema.registry.url",
                registry.url(),
                "kafka.enable.transactional.statestores",
                String.valueOf(transactional),
                "kafka.session.timeout.ms",
                "6000",
                "kafka.heartbeat.interval.ms",
                "500",
                "kafka.bootstrap.servers",
                kafka.bootstrapServers());
    }
}

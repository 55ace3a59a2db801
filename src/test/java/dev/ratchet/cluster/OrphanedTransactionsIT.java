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
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged program is killed with open transactions that the brokers would abort after ten minutes. It restarts
 * with fewer threads, so that it does not reuse all of its transactional ids, or another instance takes over.
 */
class OrphanedTransactionsIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int TASKS = 200;
    private static final int PARTITIONS = 2;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"another", "killed"})
    void openTransactionsOfKilledProcessAreAborted(String successor) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                HttpRegistry registry = HttpRegistry.start()) {
            Map<String, String> values = values(kafka, registry);
            Settings settings = Settings.load(Optional.empty(), Map.of(), values);
            SchemaRegistry schemas = SchemaRegistry.of(settings.serde());
            try (RatchetProcess apply = RatchetProcess.start(folder, values, "topics", "apply")) {
                assertThat(apply.await()).as(apply.output()).isZero();
            }
            try (Outputs outputs = new Outputs(settings, schemas)) {
                try (RatchetProcess killed = RatchetProcess.start(folder, commitsNothing(values), "run")) {
                    produce(settings, schemas);
                    await().atMost(TIMEOUT).until(() -> written(settings) == TASKS);
                    killed.kill();
                }
                assertThat(outputs.poll().changes).isEmpty();
                try (RatchetProcess next = RatchetProcess.start(folder, instance(values, successor), "run")) {
                    await().atMost(TIMEOUT).until(() -> outputs.poll().changes.size() >= TASKS || !next.isAlive());
                    assertThat(outputs.pollToEnd().changes)
                            .as(next.output())
                            .extracting(TaskStatusChange::getTaskId)
                            .containsExactlyInAnyOrderElementsOf(tasks());
                    await().atMost(TIMEOUT)
                            .until(() ->
                                    next.output().contains("Aborted the open transactions of 1 instance that is gone"));
                }
            }
        }
    }

    /** Number of changelog records, committed or not, including transaction markers. */
    private static long written(Settings settings) throws Exception {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(settings.topics().changelog(), partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        String brokers = (String) settings.kafka().get("bootstrap.servers");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(ListOffsetsResultInfo::offset)
                    .sum();
        }
    }

    private static List<String> tasks() {
        return IntStream.range(0, TASKS).mapToObj(i -> "t" + i).toList();
    }

    private static void produce(Settings settings, SchemaRegistry schemas) throws Exception {
        String topic = settings.topics().events();
        AvroSerializer<TaskStatusEvent> bytes = new AvroSerializer<>(TaskStatusEvent.class, schemas);
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (String id : tasks()) {
            TaskIdentity task = new TaskIdentity(id, "w1", "loop", "HTTP", "upload");
            StatusEvent event =
                    new StatusEvent(task, TaskStatus.SCHEDULED, 0, 1, 1, EventSource.NATIVE, EpochEvidence.NONE);
            records.add(new ProducerRecord<>(topic, id, bytes.serialize(topic, TaskRecords.event(event))));
        }
        Inputs.send((String) settings.kafka().get("bootstrap.servers"), records);
    }

    /** Two threads, so two transactions, each open until the brokers' timeout. */
    private Map<String, String> commitsNothing(Map<String, String> values) {
        Map<String, String> own = instance(values, "killed");
        own.put("kafka.num.stream.threads", "2");
        own.put("kafka.commit.interval.ms", "600000");
        own.put("kafka.producer.transaction.timeout.ms", "600000");
        return own;
    }

    private Map<String, String> instance(Map<String, String> values, String name) {
        Map<String, String> own = new TreeMap<>(values);
        own.put("ratchet.state.dir", folder.resolve(name).toString());
        return own;
    }

    private Map<String, String> values(EmbeddedKafka kafka, HttpRegistry registry) {
        return Map.of(
                "ratchet.source",
                "native",
                "ratchet.topic.partitions",
                String.valueOf(PARTITIONS),
                "ratchet.http.port",
                "0",
                "ratchet.schema.registry.url",
                registry.url(),
                "kafka.num.stream.threads",
                "1",
                "kafka.session.timeout.ms",
                "6000",
                "kafka.heartbeat.interval.ms",
                "500",
                "kafka.bootstrap.servers",
                kafka.bootstrapServers());
    }
}

package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Expected;
import dev.ratchet.Recordings.Recorded;
import dev.ratchet.config.Settings;
import dev.ratchet.embedded.EmbeddedKafka;
import dev.ratchet.stream.RatchetStream;
import dev.ratchet.stream.StreamAssembly;
import dev.ratchet.stream.Tally;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.wire.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every recording in, every topic out, on a real broker; Ratchet and the broker stopped and started in the middle. */
class RealBrokerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void everyRecordingComesOutAsExpectedThoughAllIsRestartedInTheMiddle() throws Exception {
        List<Recorded> all = new ArrayList<>();
        Recordings.NAMES.forEach(name -> all.addAll(Recordings.cdc(name)));
        int middle = all.size() / 2;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            Settings settings = settings(kafka);
            SchemaRegistry registry = SchemaRegistry.of(settings.serde());
            try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
                admin.apply(TopicPlan.of(settings));
            }
            try (Outputs outputs = new Outputs(settings, registry)) {
                Tally tally = new Tally();
                try (RatchetStream stream = StreamAssembly.of(settings, registry, tally)) {
                    stream.start();
                    produce(settings, all.subList(0, middle));
                    await().atMost(PATIENCE).until(() -> outputs.poll().changes.size() > middle / 4);
                }
                kafka.restart();
                try (RatchetStream stream = StreamAssembly.of(settings, registry, tally)) {
                    stream.start();
                    await().atMost(PATIENCE).until(() -> stream.state() == State.RUNNING);
                    produce(settings, List.of(new Recorded("t1", "{\"op\":\"c\"")));
                    produce(settings, all.subList(middle, all.size()));
                    await().atMost(PATIENCE).until(() -> isThrough(outputs.poll()));
                    outputs.poll();
                }
                holds(outputs);
                assertThat(tally.read()).isEqualTo(all.size() + 1);
            }
        }
    }

    private static boolean isThrough(Outputs outputs) {
        return last(outputs.changes).values().stream()
                                .mapToLong(TaskStatusChange::getRevision)
                                .sum()
                        >= expected().stream().mapToLong(Expected::revision).sum()
                && lostUpdates(outputs)
                        >= expected().stream().mapToInt(Expected::lostUpdates).sum()
                && !outputs.deadLetters.isEmpty();
    }

    private static void holds(Outputs outputs) {
        Map<String, TaskStatusChange> last = last(outputs.changes);
        assertThat(last).hasSameSizeAs(expected());
        for (Expected task : expected()) {
            TaskStatusChange change = last.get(task.taskId());
            assertThat(change.getStatus().name()).as(task.toString()).isEqualTo(task.status());
            assertThat(change.getEpoch()).as(task.toString()).isEqualTo(task.epoch());
            assertThat(change.getRevision()).as(task.toString()).isEqualTo(task.revision());
        }
        assertThat(lostUpdates(outputs))
                .isEqualTo(expected().stream().mapToInt(Expected::lostUpdates).sum());
        assertThat(lostUpdateAlerts(outputs, AlertState.OPENED) - lostUpdateAlerts(outputs, AlertState.RESOLVED))
                .isEqualTo(expected().stream().filter(Expected::diverged).count());
        assertThat(outputs.deadLetters)
                .singleElement()
                .satisfies(letter -> assertThat(new String(
                                letter.headers().lastHeader("ratchet.category").value(), StandardCharsets.UTF_8))
                        .isEqualTo("MALFORMED"));
    }

    /** The last change of each task; on the way, that revisions and statuses chain without a gap. */
    private static Map<String, TaskStatusChange> last(List<TaskStatusChange> changes) {
        Map<String, TaskStatusChange> last = new HashMap<>();
        for (TaskStatusChange change : changes) {
            TaskStatusChange before = last.put(change.getTaskId(), change);
            assertThat(change.getRevision()).isEqualTo(before == null ? 1 : before.getRevision() + 1);
            assertThat(change.getPreviousStatus()).isEqualTo(before == null ? null : before.getStatus());
        }
        return last;
    }

    private static List<Expected> expected() {
        return Recordings.NAMES.stream()
                .flatMap(name -> Recordings.expected(name).stream())
                .toList();
    }

    private static long lostUpdates(Outputs outputs) {
        return outputs.rejections.stream()
                .filter(rejection -> rejection.getLostUpdate())
                .count();
    }

    private static long lostUpdateAlerts(Outputs outputs, AlertState state) {
        return outputs.alerts.stream()
                .filter(alert -> alert.getKind() == AlertKind.LOST_UPDATE && alert.getState() == state)
                .count();
    }

    private Settings settings(EmbeddedKafka kafka) {
        return Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "ratchet.source", "debezium",
                        "ratchet.topic.partitions", "3",
                        "ratchet.state.dir", folder.resolve("state").toString(),
                        "ratchet.schema.registry.url", "mock://real-broker",
                        "kafka.bootstrap.servers", kafka.bootstrapServers()));
    }

    private static void produce(Settings settings, List<Recorded> records) throws Exception {
        StringSerializer text = new StringSerializer();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.kafka().get("bootstrap.servers")), text, text)) {
            List<Future<RecordMetadata>> sent = records.stream()
                    .map(record ->
                            producer.send(new ProducerRecord<>(settings.topics().cdc(), record.key(), record.json())))
                    .toList();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }
}

package dev.ratchet.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.avro.NativeJsonReader;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.TaskStatusEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records with implausible timestamps on a real broker. */
class RecordTimestampsIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    /** Timers tick after each record, so anything due immediately would happen. */
    @Test
    void implausibleTimestampsCountAsNow() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            Settings settings = settings(kafka);
            try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
                admin.apply(TopicPlan.of(settings));
            }
            SchemaRegistry registry = SchemaRegistry.of(settings.serde());
            long start = System.currentTimeMillis();
            try (Outputs outputs = new Outputs(settings, registry);
                    KafkaConsumer<String, byte[]> changelog = changelog(settings);
                    RatchetStream stream = StreamFactory.of(settings, registry, new ReadableEventCounters())) {
                stream.start();
                List<String> rows = lines("16_timestamps.jsonl");
                send(kafka, settings.topics().cdc(), "TASK", rows.get(0).getBytes(UTF_8));
                send(kafka, settings.topics().cdc(), "TASK", rows.get(1).getBytes(UTF_8));
                send(kafka, settings.topics().events(), "n-7", micros(settings, registry));
                send(
                        kafka,
                        settings.topics().cdc(),
                        "stuck",
                        rows.get(0).replace("TASK", "stuck").getBytes(UTF_8));
                Set<String> silent = new HashSet<>();
                await().atMost(TIMEOUT).until(() -> {
                    outputs.poll().alerts.forEach(alert -> silent.add(alert.getTaskId()));
                    return silent.contains("stuck"); // so the timers of earlier records have fired
                });
                send(kafka, settings.topics().cdc(), "TASK", rows.get(2).getBytes(UTF_8));
                await().atMost(TIMEOUT).until(() -> !outputs.poll().rejections.isEmpty());
                long end = System.currentTimeMillis();

                List<ConsumerRecord<String, byte[]>> changes = new ArrayList<>();
                await().atMost(TIMEOUT).until(() -> {
                    changelog.poll(Duration.ofMillis(100)).forEach(changes::add);
                    return changes.size() >= 4;
                });
                assertThat(changes).hasSize(4).allSatisfy(change -> {
                    assertThat(change.value()).isNotNull();
                    assertThat(change.timestamp()).isBetween(start, end);
                });
                assertThat(outputs.rejections).allMatch(rejection -> rejection.getLostUpdate());
            }
        }
    }

    private static byte[] micros(Settings settings, SchemaRegistry registry) throws IOException {
        byte[] line = lines("29_micros.jsonl").get(0).getBytes(UTF_8);
        Reading.Event event = (Reading.Event) new NativeJsonReader().read(line);
        return new AvroSerializer<>(TaskStatusEvent.class, registry)
                .serialize(settings.topics().events(), TaskRecords.event(event.event()));
    }

    private static void send(EmbeddedKafka kafka, String topic, String key, byte[] value) throws Exception {
        Inputs.send(kafka.bootstrapServers(), List.of(new ProducerRecord<>(topic, null, 0L, key, value)));
    }

    private static KafkaConsumer<String, byte[]> changelog(Settings settings) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        settings.kafka().get("bootstrap.servers"),
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(List.of(new TopicPartition(settings.topics().changelog(), 0)));
        return consumer;
    }

    private Settings settings(EmbeddedKafka kafka) {
        return Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "ratchet.source", "debezium",
                        "ratchet.topic.partitions", "1",
                        "ratchet.stuck.in-progress", "PT1S",
                        "ratchet.state.dir", folder.resolve("state").toString(),
                        "ratchet.schema.registry.url", "mock://timestamps",
                        "kafka.bootstrap.servers", kafka.bootstrapServers()));
    }

    private static List<String> lines(String report) throws IOException {
        try (InputStream in = RecordTimestampsIT.class.getResourceAsStream("/reports/" + report)) {
            return new String(in.readAllBytes(), UTF_8).lines().toList();
        }
    }
}

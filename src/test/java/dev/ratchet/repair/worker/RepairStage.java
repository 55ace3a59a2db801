package dev.ratchet.repair.worker;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.conductor.ConductorClient;
import dev.ratchet.conductor.HttpConductorClient;
import dev.ratchet.conductor.ResilientConductorClient;
import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairResult;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** An application of its own on a broker that many share: its topics, its Conductor, its repairers. */
final class RepairStage implements AutoCloseable {
    static final Duration ANSWERS_WITHIN = Duration.ofMillis(700);

    static {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1)); // the machine may have others to serve
    }

    final StatefulConductor conductor = StatefulConductor.start();
    final ReadableRepairCounters counters = new ReadableRepairCounters();
    final CountDownLatch ended = new CountDownLatch(1);
    final List<RepairResult> results = new ArrayList<>();
    final List<String> keys = new ArrayList<>();
    final Settings settings;
    final SchemaRegistry registry;

    private final Map<String, Object> kafka;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final List<RepairWorker> repairers = new ArrayList<>();

    RepairStage(EmbeddedKafka broker, Map<String, String> more) throws Exception {
        String id = "a" + UUID.randomUUID();
        kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        Map<String, String> values = new HashMap<>();
        List.of("events", "changelog", "rejections", "alerts", "dead-letters", "repair-commands", "repair-results")
                .forEach(topic -> values.put("ratchet.topic." + topic, id + "-" + topic));
        values.putAll(Map.of(
                "ratchet.application.id",
                id,
                "ratchet.topic.partitions",
                "2",
                "ratchet.schema.registry.url",
                "mock://" + id,
                "ratchet.conductor.url",
                conductor.url().toString(),
                "ratchet.repair.mode",
                "apply",
                "kafka.heartbeat.interval.ms",
                "300",
                "kafka.session.timeout.ms",
                "6000",
                "kafka.bootstrap.servers",
                broker.bootstrapServers()));
        values.putAll(more);
        settings = Settings.load(Optional.empty(), Map.of(), values);
        registry = SchemaRegistry.of(settings.serde());
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            admin.apply(TopicPlan.of(settings));
        }
        producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                KafkaClientSettings.reader(settings.kafka()), new StringDeserializer(), new ByteArrayDeserializer());
        consumer.assign(consumer.partitionsFor(settings.topics().repairResults()).stream()
                .map(one -> new TopicPartition(one.topic(), one.partition()))
                .toList());
    }

    /** @param bytes that the topic of results takes of one record */
    void limitResults(int bytes) throws Exception {
        ConfigResource topic =
                new ConfigResource(ConfigResource.Type.TOPIC, settings.topics().repairResults());
        AlterConfigOp limit = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(bytes)), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(kafka)) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(limit))).all().get();
        }
    }

    RepairWorker start() {
        return start(100);
    }

    /** @param largestOutput that is kept of a task, in bytes */
    RepairWorker start(int largestOutput) {
        return start(resilient(conductor, ANSWERS_WITHIN, largestOutput));
    }

    /** One that waits for answers longer than a test does. */
    static ConductorClient patient(StatefulConductor conductor) {
        return resilient(conductor, Duration.ofMinutes(1), 100);
    }

    private static ConductorClient resilient(StatefulConductor conductor, Duration timeout, int largestOutput) {
        return new ResilientConductorClient(
                new HttpConductorClient(conductor.url(), Map.of(), largestOutput, timeout, 1 << 20),
                1_000,
                3,
                Duration.ofMillis(800));
    }

    RepairWorker start(ConductorClient port) {
        IntervalFunction quick = RepairWorker.backoff(Duration.ofMillis(20), Duration.ofMillis(200), new Random(1));
        return start(new RepairWorker(settings, registry, port, counters, ended::countDown, quick, quick));
    }

    /** One that waits as it does in use. */
    RepairWorker startAsInUse() {
        ConductorClient port = new ResilientConductorClient(
                new HttpConductorClient(conductor.url(), Map.of(), 100), 1_000, 5, Duration.ofSeconds(15));
        return start(new RepairWorker(settings, registry, port, counters, ended::countDown));
    }

    private RepairWorker start(RepairWorker worker) {
        repairers.add(worker);
        worker.start();
        return worker;
    }

    void send(RepairCommand... commands) throws Exception {
        AvroSerializer<RepairCommand> bytes = new AvroSerializer<>(RepairCommand.class, registry);
        for (RepairCommand command : commands) {
            send(command.getTaskId(), bytes.serialize(settings.topics().repairCommands(), command));
        }
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
    }

    void send(String key, byte[] value) {
        sent.add(producer.send(new ProducerRecord<>(settings.topics().repairCommands(), key, value)));
    }

    /** Reads what has come since. */
    RepairStage poll() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
            keys.add(record.key());
            results.add(
                    new AvroDeserializer<>(RepairResult.class, registry).deserialize(record.topic(), record.value()));
        }
        return this;
    }

    /** The next offsets of the group, of all partitions together. */
    long committed() throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            return admin
                    .listConsumerGroupOffsets(settings.application().id() + "-repairer")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        }
    }

    @Override
    public void close() {
        conductor.close();
        repairers.forEach(RepairWorker::close);
        consumer.close();
        producer.close();
    }
}

package dev.ratchet.cluster;

import dev.ratchet.Recordings.Recorded;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One run of Ratchet on a cluster, with its own application id and topics, which are deleted at the end. */
final class ClusterRun implements AutoCloseable {
    static final int PARTITIONS = 3;

    private static final List<String> TOPICS = List.of(
            "events", "cdc", "changelog", "rejections", "alerts", "dead-letters", "repair-commands", "repair-results");

    private final String name = "ratchet-it-" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, String> values = new TreeMap<>();
    private final Path folder;
    private final Admin admin;
    private int started;

    final Settings settings;
    final SchemaRegistry registry;
    final Outputs outputs;

    /** @param more settings, by name */
    ClusterRun(KafkaCluster cluster, HttpRegistry registry, Path folder, Map<String, String> more) {
        this.folder = folder;
        TOPICS.forEach(topic -> values.put("ratchet.topic." + topic, name + "." + topic));
        values.put("ratchet.application.id", name);
        values.put("ratchet.source", "debezium");
        values.put("ratchet.topic.partitions", String.valueOf(PARTITIONS));
        values.put("ratchet.schema.registry.url", registry.url());
        values.put("ratchet.http.port", "0");
        values.put(Settings.BOOTSTRAP_SERVERS, cluster.bootstrapServers());
        // A killed member times out after 6 s instead of 45 s.
        values.put("kafka.main.consumer.session.timeout.ms", "6000");
        values.putAll(more);
        this.settings = settings(Map.of());
        this.admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
        this.registry = SchemaRegistry.of(settings.serde());
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            admin.apply(TopicPlan.of(settings));
        }
        this.outputs = new Outputs(settings, this.registry);
    }

    /** Starts an instance in this process. With the same name it reuses the state of the previous one. */
    Instance start(String instance, Map<String, String> more) {
        Map<String, String> own = own(instance);
        own.putAll(Instance.measured("%s-%s-%d".formatted(name, instance, ++started)));
        own.putAll(more);
        return Instance.start(settings(own), registry);
    }

    Instance start(String instance) {
        return start(instance, Map.of());
    }

    /** Starts an instance as a process, which can be killed. With the same name it reuses the state of the previous one. */
    RatchetProcess launch(String instance) throws Exception {
        Map<String, String> all = new TreeMap<>(values);
        all.putAll(own(instance));
        return RatchetProcess.start(folder, all, "run");
    }

    /** Returns when Kafka has acknowledged all of them. */
    void produce(List<Recorded> records) throws Exception {
        Inputs.produce(settings, records);
    }

    /** Writes native events. Returns when Kafka has acknowledged all of them. */
    void produceEvents(List<TaskStatusEvent> events) throws Exception {
        AvroSerializer<TaskStatusEvent> avro = new AvroSerializer<>(TaskStatusEvent.class, registry);
        String topic = settings.topics().events();
        Inputs.send(
                values.get(Settings.BOOTSTRAP_SERVERS),
                events.stream()
                        .map(event -> new ProducerRecord<>(topic, event.getTaskId(), avro.serialize(topic, event)))
                        .toList());
    }

    /** {@return the number of input records that were read and whose results are committed} */
    long committed() throws Exception {
        return admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata().get().values().stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    private Map<String, String> own(String instance) {
        return new TreeMap<>(Map.of(
                "ratchet.state.dir", folder.resolve(name + "-" + instance).toString()));
    }

    private Settings settings(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(values);
        all.putAll(more);
        return Settings.load(Optional.empty(), Map.of(), all);
    }

    /** Deletes everything from the cluster. */
    @Override
    public void close() {
        outputs.close();
        try (admin) {
            new ApplicationCleanup(admin, name).delete();
        }
    }
}

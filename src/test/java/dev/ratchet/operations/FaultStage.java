package dev.ratchet.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.cluster.HttpRegistry;
import dev.ratchet.cluster.RatchetProcess;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.repair.worker.StatefulConductor;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** A broker, a registry and a stand-in for Conductor, and runs of the packaged program, each with its own topics. */
final class FaultStage implements AutoCloseable {
    private static final List<String> TOPICS = List.of(
            "events", "cdc", "changelog", "rejections", "alerts", "dead-letters", "repair-commands", "repair-results");

    final EmbeddedKafka kafka;
    final HttpRegistry registry;
    final StatefulConductor conductor;
    private final Path folder;

    FaultStage(Path folder) throws Exception {
        this.folder = folder;
        this.kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        this.registry = HttpRegistry.start();
        this.conductor = StatefulConductor.start();
    }

    /**
     * Settings of a run with its own application id and topics of two partitions.
     *
     * @param more settings, by name
     */
    Map<String, String> values(String application, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>();
        TOPICS.forEach(topic -> all.put("ratchet.topic." + topic, application + "." + topic));
        all.put("ratchet.application.id", application);
        all.put("ratchet.source", "debezium");
        all.put("ratchet.topic.partitions", "2");
        all.put("ratchet.state.dir", folder.resolve(application).toString());
        all.put("ratchet.schema.registry.url", registry.url());
        all.put("ratchet.serde.max.retries", "0");
        all.put("ratchet.http.port", "0");
        all.put("ratchet.http.token", Watched.TOKEN);
        all.put("ratchet.start.timeout", "PT5M");
        all.put("kafka.main.consumer.session.timeout.ms", "6000");
        all.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        all.putAll(more);
        return all;
    }

    static Settings settings(Map<String, String> values) {
        return Settings.load(Optional.empty(), Map.of(), values);
    }

    void createTopics(Map<String, String> values) {
        try (TopicAdmin admin = new TopicAdmin(settings(values).kafka())) {
            admin.apply(TopicPlan.of(settings(values)));
        }
    }

    /** Starts an instance, which may wait for what it needs. */
    Watched start(Map<String, String> values) throws Exception {
        return new Watched(RatchetProcess.start(folder, values, "run"));
    }

    /** Creates the topics, starts an instance, and waits until it is ready with its timers enabled. */
    Watched ready(Map<String, String> values) throws Exception {
        createTopics(values);
        Watched run = start(values);
        await().atMost(Duration.ofMinutes(2))
                .failFast(() -> assertThat(run.process.isAlive()).as(run.log()).isTrue())
                .untilAsserted(() -> {
                    Seen now = run.now();
                    assertThat(now.ready().code()).isEqualTo(200);
                    assertThat(now.metric("ratchet_timers_enabled")).hasValue(2);
                });
        return run;
    }

    /** Runs a command to its end. */
    RatchetProcess command(Map<String, String> values, String... command) throws Exception {
        RatchetProcess process = RatchetProcess.start(folder, values, command);
        process.await();
        return process;
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    /** Sets {@code max.message.bytes} of the changelog of a run. */
    void limitChangelog(Map<String, String> values, int bytes) throws Exception {
        ConfigResource topic = new ConfigResource(
                ConfigResource.Type.TOPIC, settings(values).topics().changelog());
        ConfigEntry limit = new ConfigEntry("max.message.bytes", String.valueOf(bytes));
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(limit, OpType.SET))))
                    .all()
                    .get();
        }
    }

    @Override
    public void close() {
        conductor.close();
        registry.close();
        kafka.close();
    }
}

package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.Apicurio;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.schemas.SchemaAdmin;
import dev.ratchet.schemas.SchemaPlan;
import dev.ratchet.stream.deferred.WrongRegistryException;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.TaskStatusChange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes to the registry when a stream starts. */
class SchemaRegistrationIT {
    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;

    private final String prefix = UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void startRegistersSchemasThatPassCheck() throws Exception {
        Settings settings = applied(Apicurio.shared().url());
        assemble(settings);
        SchemaAdmin.Report report = new SchemaAdmin(settings.serde()).check(SchemaPlan.of(settings));
        assertThat(report.lines()).hasSize(6).allMatch(line -> line.startsWith("ok "));
        assertThat(report.complete()).isTrue();
    }

    @Test
    void compatibilityLevelIsSetBeforeRegistration() throws Exception {
        try (HttpRegistry registry = HttpRegistry.start()) {
            assemble(applied(registry.url()));
            List<String> changes = registry.changes();
            String subject = prefix + "-changelog-value";
            assertThat(changes).hasSize(12).containsSubsequence("level of " + subject, "registered " + subject);
        }
    }

    @Test
    void missingPermissionForLevelsDoesNotPreventStart() throws Exception {
        try (HttpRegistry registry = HttpRegistry.start()) {
            registry.rejectLevels();
            assemble(applied(registry.url()));
            assertThat(registry.changes()).contains("registered " + prefix + "-changelog-value");
        }
    }

    @Test
    void disabledRegistrationRegistersNothing() throws Exception {
        try (HttpRegistry registry = HttpRegistry.start()) {
            Settings settings = applied(registry.url(), "ratchet.serde.auto.register.schemas", "false");
            assertThatThrownBy(() -> assemble(settings)).hasMessageContaining("error code 40403");
            assertThat(registry.changes()).isEmpty();
        }
    }

    @Test
    void registryWithoutChangelogSchemaIsRejectedBeforeWrites() throws Exception {
        try (HttpRegistry right = HttpRegistry.start();
                HttpRegistry empty = HttpRegistry.start();
                HttpRegistry another = HttpRegistry.start()) {
            Settings settings = applied(right.url());
            another.register("orders-value", "\"long\"");
            write(settings);
            assemble(settings);
            thenRefused(empty, "nothing");
            thenRefused(another, "long");
        }
    }

    private void thenRefused(HttpRegistry wrong, String held) {
        List<String> before = wrong.changes();
        assertThatThrownBy(() -> assemble(applied(wrong.url())))
                .isInstanceOf(WrongRegistryException.class)
                .hasMessageStartingWith("Expected the schema registry at " + wrong.url()
                        + " to hold dev.ratchet.v1.TaskStatusChange under id 1, which the newest records of "
                        + prefix
                        + "-changelog use, but it holds " + held + ": ");
        assertThat(wrong.changes()).isEqualTo(before);
    }

    /** Produces a change and later a tombstone, which has no schema. */
    private void write(Settings settings) throws Exception {
        String topic = settings.topics().changelog();
        TaskStatusChange change = TaskStatusChange.newBuilder()
                .setTaskId("t1")
                .setWorkflowId("w1")
                .setTaskType("HTTP")
                .setReferenceTaskName("upload")
                .setStatus(dev.ratchet.v1.TaskStatus.SCHEDULED)
                .setEpoch(1)
                .setRevision(1)
                .setCorrection(false)
                .setTerminal(false)
                .setSequence(1)
                .setOccurredAt(Instant.ofEpochMilli(1))
                .setSource(dev.ratchet.v1.TaskSource.NATIVE)
                .build();
        byte[] value = new AvroSerializer<>(TaskStatusChange.class, SchemaRegistry.of(settings.serde()))
                .serialize(topic, change);
        Inputs.send(
                kafka.bootstrapServers(),
                List.of(new ProducerRecord<>(topic, "t1", value), new ProducerRecord<>(topic, "t1", null)));
    }

    /** Creates the stream without starting it. */
    private static void assemble(Settings settings) {
        try (RatchetStream stream =
                StreamFactory.of(settings, SchemaRegistry.of(settings.serde()), new ReadableEventCounters())) {
            assertThat(stream.state().name()).isEqualTo("CREATED");
        }
    }

    private Settings applied(String registry, String... more) {
        Map<String, String> all = new HashMap<>();
        for (String name : List.of(
                "events", "changelog", "rejections", "alerts", "dead-letters", "repair-commands", "repair-results")) {
            all.put("ratchet.topic." + name, prefix + "-" + name);
        }
        all.put("ratchet.topic.partitions", "2");
        all.put("ratchet.conductor.url", "http://127.0.0.1:9/api");
        all.put("ratchet.state.dir", folder.resolve("state-" + prefix).toString());
        all.put("ratchet.schema.registry.url", registry);
        all.put("ratchet.start.timeout", "PT0S");
        all.put("ratchet.changelog.republish", "true"); // the changelog has records before there is any state
        all.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        Settings settings = Settings.load(Optional.empty(), Map.of(), all);
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            admin.apply(TopicPlan.of(settings));
        }
        return settings;
    }
}

package dev.ratchet.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.registry.SchemaRegistry.Registered;
import dev.ratchet.v1.TaskStatusChange;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The registry client, at a real registry. */
@Timeout(300)
class RegistryIT {
    private static final Schema FIRST =
            SchemaBuilder.record("a.Thing").fields().requiredString("a").endRecord();
    private static final Schema SECOND = SchemaBuilder.record("a.Thing")
            .fields()
            .requiredString("a")
            .optionalString("b")
            .endRecord();
    private static final Schema INCOMPATIBLE = SchemaBuilder.record("a.Thing")
            .fields()
            .requiredString("a")
            .requiredInt("b")
            .endRecord();

    private final String topic = "registry-" + UUID.randomUUID();
    private final String subject = topic + "-value";

    @Test
    void registeredSchemaIsFoundByIdByContentAndAsNewest() throws Exception {
        SchemaRegistry registry = registry(Apicurio.shared());
        int first = registry.register(subject, FIRST);
        int second = registry.register(subject, SECOND);

        SchemaRegistry another = registry(Apicurio.shared());
        assertThat(second).isNotEqualTo(first);
        assertThat(another.register(subject, FIRST)).isEqualTo(first);
        assertThat(another.id(subject, SECOND)).isEqualTo(second);
        assertThat(another.byId(first)).isEqualTo(FIRST);
        assertThat(another.latest(subject)).isEqualTo(new Registered(second, SECOND));
    }

    @Test
    void missingSchemasAreNotFound() throws Exception {
        SchemaRegistry registry = registry(Apicurio.shared());

        thenIsNotFound(() -> registry.byId(2_000_000), "GET /schemas/ids/2000000 at ");
        thenIsNotFound(() -> registry.latest(subject), "GET /subjects/" + subject + "/versions/latest at ");
        registry.register(subject, FIRST);
        thenIsNotFound(() -> registry.id(subject, SECOND), "POST /subjects/" + subject + " at ");
        assertThatThrownBy(() -> new AvroDeserializer<>(TaskStatusChange.class, registry)
                        .deserialize(topic, new byte[] {0, 0, 30, 0, 0, 1}))
                .isExactlyInstanceOf(UnknownSchemaException.class)
                .hasMessage("Expected a schema id the registry knows, but got 1966080 in the value");
    }

    @Test
    void incompatibleSchemaIsRefusedAndChangesNothing() throws Exception {
        SchemaRegistry registry = registry(Apicurio.shared());
        int first = registry.register(subject, FIRST);
        Apicurio.shared().ask("/config/" + subject, "{\"compatibility\":\"BACKWARD\"}");

        assertThatThrownBy(() -> registry.register(subject, INCOMPATIBLE))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("it answered 409")
                .hasMessageContaining("POST /subjects/" + subject + "/versions at "
                        + Apicurio.shared().url())
                .hasMessageContaining("ncompatible")
                .hasMessageEndingWith("(run 'ratchet schemas check')");
        assertThat(registry.latest(subject).id()).isEqualTo(first);
    }

    @Test
    void eachIdAndSubjectIsRequestedOnce() throws Exception {
        Apicurio apicurio = Apicurio.shared();
        SchemaRegistry registry = registry(apicurio);
        AvroSerializer<TaskStatusChange> serializer = new AvroSerializer<>(TaskStatusChange.class, registry);
        AvroDeserializer<TaskStatusChange> deserializer = new AvroDeserializer<>(TaskStatusChange.class, registry);
        TaskStatusChange change = new RandomRecords(1, true).record(TaskStatusChange.class);
        int id = registry.register(topic + "-other", TaskStatusChange.SCHEMA$);
        String byId = "/schemas/ids/" + id + "\"";
        long before = apicurio.answered(byId);

        for (int i = 0; i < 500; i++) {
            assertThat(deserializer.deserialize(topic, serializer.serialize(topic, change)))
                    .isEqualTo(change);
        }

        assertThat(apicurio.answered("/subjects/" + subject + "/versions")).isEqualTo(1);
        assertThat(apicurio.answered(byId) - before).isEqualTo(1);
    }

    @Test
    void cachedSchemasWorkDuringOutageAndOthersAfterIt() throws Exception {
        try (Apicurio own = Apicurio.start()) {
            SchemaRegistry registry = registry(own);
            AvroSerializer<TaskStatusChange> serializer = new AvroSerializer<>(TaskStatusChange.class, registry);
            AvroDeserializer<TaskStatusChange> deserializer = new AvroDeserializer<>(TaskStatusChange.class, registry);
            TaskStatusChange change = new RandomRecords(1, true).record(TaskStatusChange.class);
            byte[] bytes = serializer.serialize(topic, change);
            deserializer.deserialize(topic, bytes);

            own.stop();
            assertThat(deserializer.deserialize(topic, serializer.serialize(topic, change)))
                    .isEqualTo(change);
            assertThatThrownBy(() -> serializer.serialize(topic + "-other", change))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessage(
                            "Expected the schema registry at one of [" + own.url() + "] to answer /subjects/" + topic
                                    + "-other-value/versions, but none did in 3 rounds, the last with: java.net.ConnectException");

            own.startAgain();
            assertThat(serializer.serialize(topic + "-other", change)).isNotNull();
        }
    }

    private static void thenIsNotFound(Runnable asking, String request) {
        assertThatThrownBy(asking::run)
                .isInstanceOfSatisfying(
                        RegistryRefusedException.class,
                        e -> assertThat(e.isNotFound()).isTrue())
                .hasMessageStartingWith("Expected the schema registry to accept " + request)
                .hasMessageContaining(", but it answered 404, error code 404");
    }

    private static SchemaRegistry registry(Apicurio apicurio) {
        Map<String, Object> config = new HashMap<>();
        config.put("schema.registry.url", apicurio.url());
        config.put("max.retries", 2);
        return SchemaRegistry.of(config);
    }
}

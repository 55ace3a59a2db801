package dev.ratchet.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.config.Settings;
import dev.ratchet.registry.MockSchemaRegistry;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.registry.UnknownSchemaException;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

class AvroSerdesTest {
    private static final TaskStatusEvent EVENT = TaskStatusEvent.newBuilder()
            .setTaskId("t1")
            .setWorkflowId("w1")
            .setTaskType("HTTP")
            .setReferenceTaskName("upload__1")
            .setStatus(TaskStatus.COMPLETED)
            .setSequence(7)
            .setOccurredAt(Instant.ofEpochMilli(1))
            .setSource(TaskSource.NATIVE)
            .build();

    private final MockSchemaRegistry registry = new MockSchemaRegistry();

    @Test
    void defaultSerdesAreTypedRatchetSerdes() {
        AvroSerdes serdes = new AvroSerdes(
                Settings.load(Optional.empty(), Map.of(), Map.of()).serde(), registry);
        Serializer<TaskStatusEvent> serializer = serdes.serializer(TaskStatusEvent.class);
        Deserializer<TaskStatusEvent> deserializer = serdes.deserializer(TaskStatusEvent.class);

        assertThat(serializer).isInstanceOf(AvroSerializer.class);
        assertThat(deserializer).isInstanceOf(AvroDeserializer.class);
        assertThat(deserializer.deserialize("t", serializer.serialize("t", EVENT)))
                .isEqualTo(EVENT);
        assertThat(registry.latest("t-value").schema().toString()).doesNotContain("avro.java.string");
    }

    @Test
    void preparedSerializerSendsNoRequests() {
        AtomicInteger asked = new AtomicInteger();
        registry.register("t-value", TaskStatusChange.getClassSchema());
        SchemaRegistry counting = (SchemaRegistry) Proxy.newProxyInstance(
                SchemaRegistry.class.getClassLoader(),
                new Class<?>[] {SchemaRegistry.class},
                (proxy, method, given) -> {
                    asked.incrementAndGet();
                    return method.invoke(registry, given);
                });
        AvroSerdes serdes = new AvroSerdes(
                Map.of(
                        "auto.register.schemas", false,
                        "use.latest.version", true,
                        "avro.remove.java.properties", false),
                counting);

        AvroSerdes.prepare(serdes.serializer(TaskStatusChange.class), "t");
        AvroSerdes.prepare(serdes.serializer(TaskStatusChange.class), "t");

        assertThat(asked).hasValue(1);
    }

    @Test
    void customDeserializerMustReturnExpectedClass() {
        AvroSerdes serdes =
                new AvroSerdes(Map.of("value.deserializer", ByteArrayDeserializer.class.getName()), registry);

        assertThatThrownBy(() -> serdes.deserializer(TaskStatusEvent.class).deserialize("t", new byte[1]))
                .isExactlyInstanceOf(UnknownSchemaException.class)
                .hasMessage("Expected ByteArrayDeserializer to read a dev.ratchet.v1.TaskStatusEvent, but got a [B");
        assertThat(serdes.deserializer(TaskStatusEvent.class).deserialize("t", null))
                .isNull();
    }

    @Test
    void missingClassIsNamed() {
        AvroSerdes serdes = new AvroSerdes(Map.of("value.serializer", "x.Missing"), registry);
        assertThatThrownBy(() -> serdes.serializer(TaskStatusEvent.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(
                        "Expected value.serializer to be the name of a class on the class path that is a"
                                + " org.apache.kafka.common.serialization.Serializer, but got x.Missing: ");
    }

    @Test
    void customSerdesSkipChecksOfRegistrySettings() {
        Map<String, Object> others = Map.of(
                "schema.registry.url",
                "http://127.0.0.1:1",
                "value.subject.name.strategy",
                "x.Mine",
                "value.serializer",
                ByteArraySerializer.class.getName(),
                "value.deserializer",
                ByteArrayDeserializer.class.getName());

        SchemaRegistry unasked = AvroSerdes.registry(others);

        assertThat(new AvroSerdes(others, unasked).deserializer(TaskStatusEvent.class))
                .isNotNull();
    }

    @Test
    void kafkaClientsCreateSerdesByClassName() throws ClassNotFoundException {
        Map<String, Object> config = Map.of("schema.registry.url", "mock://by-name");
        @SuppressWarnings("unchecked") // it takes any
        Serializer<Object> serializer = Utils.newInstance("dev.ratchet.avro.AvroRecordSerializer", Serializer.class);
        Deserializer<?> deserializer = Utils.newInstance("dev.ratchet.avro.AvroRecordDeserializer", Deserializer.class);
        serializer.configure(config, false);
        deserializer.configure(config, false);
        Sample sample = new Sample("one", Instant.EPOCH, Level.LOW, null, 0);

        for (Object record : List.of(EVENT, sample, EVENT)) {
            assertThat(deserializer.deserialize("t", serializer.serialize("t", record)))
                    .isEqualTo(record);
        }
        assertThat(deserializer.deserialize("t", serializer.serialize("t", null)))
                .isNull();
    }

    @Test
    void genericRecordIsRefused() {
        AvroRecordSerializer serializer = new AvroRecordSerializer();
        serializer.configure(Map.of("schema.registry.url", "mock://generic"), false);
        Object generic = new GenericData.Record(TaskStatusChange.SCHEMA$);
        assertThatThrownBy(() -> serializer.serialize("t", generic))
                .isExactlyInstanceOf(SerializationException.class)
                .hasMessage("Expected a record of a class that Avro generated, but got a"
                        + " org.apache.avro.generic.GenericData$Record");

        AvroRecordDeserializer deserializer = new AvroRecordDeserializer();
        deserializer.configure(Map.of("schema.registry.url", "mock://generic"), false);
        int id = MockSchemaRegistry.named("generic")
                .register(
                        "t-value",
                        org.apache.avro.SchemaBuilder.record("elsewhere.Thing")
                                .fields()
                                .endRecord());
        assertThatThrownBy(() -> deserializer.deserialize("t", new byte[] {0, 0, 0, 0, (byte) id}))
                .isExactlyInstanceOf(SerializationException.class)
                .hasMessage("Expected a class that Avro generated for schema " + id
                        + ", which is of elsewhere.Thing, on the class path, but found none");
    }

    @Test
    void unconfiguredSerdesThrow() {
        assertThatThrownBy(() -> new AvroRecordSerializer().serialize("t", EVENT))
                .hasMessage("Expected configure to be called before use, but it was not");
        assertThatThrownBy(() -> new AvroRecordDeserializer().deserialize("t", new byte[5]))
                .hasMessage("Expected configure to be called before deserialize, but it was not");
    }
}

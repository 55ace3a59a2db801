package dev.ratchet.avro;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.registry.MockSchemaRegistry;
import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.RegistryRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroSerdeTest {
    private static final String TOPIC = "samples";
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123Z");

    private final MockSchemaRegistry registry = new MockSchemaRegistry();
    private final AvroSerializer<Sample> serializer = new AvroSerializer<>(Sample.class, registry);
    private final AvroDeserializer<Sample> deserializer = new AvroDeserializer<>(Sample.class, registry);

    @Test
    void recordSurvivesRoundTrip() {
        Sample sample = sample("one");

        byte[] bytes = serializer.serialize(TOPIC, sample);

        assertThat(bytes).startsWith(0, 0, 0, 0, 1);
        assertThat(deserializer.deserialize(TOPIC, bytes)).isEqualTo(sample);
        assertThat(registry.latest("samples-value").schema()).isEqualTo(Sample.SCHEMA$);
    }

    @Test
    void nullSurvivesRoundTrip() {
        assertThat(serializer.serialize(TOPIC, null)).isNull();
        assertThat(deserializer.deserialize(TOPIC, null)).isNull();
    }

    @Test
    void recordOfEarlierSchemaGetsDefaults() throws IOException {
        Schema older = schema("""
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "name", "type": "string"},
                {"name": "level", "type": {"type": "enum", "name": "Level", "symbols": ["NONE", "HIGH"]}},
                {"name": "dropped", "type": "int"}""");
        GenericData.Record record = new GenericRecordBuilder(older)
                .set("at", AT.toEpochMilli())
                .set("name", "old")
                .set("level", new GenericData.EnumSymbol(older.getField("level").schema(), "NONE"))
                .set("dropped", 7)
                .build();

        Sample read = requireNonNull(deserializer.deserialize(TOPIC, written(registry.register("any", older), record)));

        assertThat(IntStream.range(0, 6).mapToObj(read::get))
                .containsExactly("old", AT, Level.UNKNOWN, null, List.of(), 1.5);
    }

    @Test
    void instancesAreThreadSafe() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Callable<Boolean> many = () -> IntStream.range(0, 5_000)
                .mapToObj(i -> sample(Thread.currentThread().getName() + "x".repeat(i % 90)))
                .allMatch(
                        sample -> sample.equals(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, sample))));
        try {
            for (Future<Boolean> same : threads.invokeAll(List.of(many, many, many, many))) {
                assertThat(same.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void keysHaveTheirOwnSubject() {
        serializer.configure(Map.of(), true);

        serializer.serialize(TOPIC, sample("key"));

        assertThat(registry.latest("samples-key").id()).isEqualTo(1);
    }

    @Test
    void disabledRegistrationRequiresRegisteredSchema() {
        serializer.configure(Map.of("auto.register.schemas", "false"), false);
        assertThatThrownBy(() -> serializer.serialize(TOPIC, sample("one")))
                .isInstanceOfSatisfying(
                        RegistryRefusedException.class,
                        e -> assertThat(e.isNotFound()).isTrue());

        registry.register("samples-value", Sample.SCHEMA$);

        assertThat(serializer.serialize(TOPIC, sample("one"))).startsWith(0, 0, 0, 0, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "TopicNameStrategy, samples-value",
        "RecordNameStrategy, dev.ratchet.avro.Sample",
        "TopicRecordNameStrategy, samples-dev.ratchet.avro.Sample"
    })
    void strategyDeterminesSubject(String strategy, String subject) {
        String setting = "io.confluent.kafka.serializers.subject." + strategy;
        serializer.configure(Map.of("value.subject.name.strategy", setting), false);

        serializer.serialize(TOPIC, sample("one"));

        assertThat(registry.latest(subject).schema()).isEqualTo(Sample.SCHEMA$);
    }

    @Test
    void autoRegistrationOverridesUseOfLatestVersion() {
        serializer.configure(Map.of("use.latest.version", true), false);

        serializer.serialize(TOPIC, sample("one"));

        assertThat(registry.latest("samples-value").id()).isEqualTo(1);
    }

    @Test
    void newestVersionWithEqualFieldsIsUsed() {
        serializer.configure(Map.of("auto.register.schemas", false, "use.latest.version", true), false);
        registry.register("other-value", Sample.SCHEMA$);
        int id = registry.register("samples-value", Sample.SHIPPED);
        byte[] bytes = serializer.serialize(TOPIC, sample("one"));

        assertThat(bytes).startsWith(0, 0, 0, 0, id);
        assertThat(deserializer.deserialize(TOPIC, bytes)).isEqualTo(sample("one"));
    }

    @Test
    void newestVersionWithOtherFieldsIsRejected() {
        serializer.configure(Map.of("auto.register.schemas", false, "use.latest.version", true), false);
        registry.register("samples-value", schema("{\"name\": \"name\", \"type\": \"string\"}"));

        assertThatThrownBy(() -> serializer.serialize(TOPIC, sample("one")))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("Expected the newest version of samples-value to have the fields of");
    }

    @Test
    void javaPropertiesAreRemovedIfConfigured() {
        serializer.configure(Map.of("avro.remove.java.properties", true), false);

        serializer.serialize(TOPIC, sample("one"));

        assertThat(registry.latest("samples-value").schema().toString()).doesNotContain("avro.java.string");
        assertThat(Sample.SCHEMA$.toString()).contains("avro.java.string");
    }

    @Test
    void incompleteRecordIsRefusedAndDoesNotAffectNextOne() {
        assertThatThrownBy(() -> serializer.serialize(TOPIC, sample(null)))
                .isExactlyInstanceOf(SerializationException.class)
                .hasMessageStartingWith("Expected a complete dev.ratchet.avro.Sample, but: ");
        Sample halfWritten = sample("half");
        halfWritten.put(5, "no double");
        assertThatThrownBy(() -> serializer.serialize(TOPIC, halfWritten))
                .isExactlyInstanceOf(SerializationException.class);

        byte[] bytes = serializer.serialize(TOPIC, sample("whole"));

        assertThat(deserializer.deserialize(TOPIC, bytes)).isEqualTo(sample("whole"));
    }

    private static Sample sample(@Nullable String name) {
        return new Sample(name, AT, Level.HIGH, "note", 2.5);
    }

    private static Schema schema(String fields) {
        return new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"dev.ratchet.avro.Sample\", \"fields\": [" + fields + "]}");
    }

    private static byte[] written(int id, GenericData.Record record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WireFormat.writeHeader(id, out);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericData.Record>(record.getSchema()).write(record, encoder);
        return out.toByteArray();
    }
}

package dev.ratchet.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Our serdes against Confluent's own, both at one real registry: neither can tell the other's bytes from its own. */
@Timeout(300)
class OracleIT {
    static final String[] STRATEGIES = {"TopicNameStrategy", "RecordNameStrategy", "TopicRecordNameStrategy"};
    private static final String NAMES = "io.confluent.kafka.serializers.subject.";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Apicurio registry;

    private final String topic = "oracle-" + UUID.randomUUID();

    static Stream<RecordSchema> shipped() {
        return RecordSchema.all();
    }

    @BeforeAll
    static void start() throws IOException {
        registry = Apicurio.shared();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void serdesWriteEqualBytesAndReadEachOther(RecordSchema shipped) throws Exception {
        thenBothAgree(shipped, Map.of(), Map.of());
    }

    /** The subject too: what one of them did not register, the other would not find. */
    @ParameterizedTest
    @FieldSource("STRATEGIES")
    void serdesUseSameSubjectForEachStrategy(String strategy) throws Exception {
        Map<String, Object> named = Map.of("value.subject.name.strategy", NAMES + strategy);
        Map<String, Object> lookingUp =
                Map.of("value.subject.name.strategy", NAMES + strategy, "auto.register.schemas", false);
        for (RecordSchema shipped : RecordSchema.all().toList()) {
            thenBothAgree(shipped, named, lookingUp);
            thenBothAgree(shipped, lookingUp, lookingUp);
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void registeredSchemaIsFoundByOtherSerde(RecordSchema shipped) throws Exception {
        Map<String, Object> lookingUp = Map.of("auto.register.schemas", false);
        try (Oracle oracle = new Oracle(config(Map.of()))) {
            oracle.serialize(
                    topic, shipped.schema().toString(), json(new RandomRecords(1, true).record(shipped.type())));
        }
        thenBothAgree(shipped, lookingUp, lookingUp);
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void serdesWriteIdOfNewestVersion(RecordSchema shipped) throws Exception {
        Map<String, Object> newest = Map.of("auto.register.schemas", false, "use.latest.version", true);
        thenBothAgree(shipped, Map.of(), Map.of());
        thenBothAgree(shipped, newest, newest);
        Map<String, Object> registering = Map.of("use.latest.version", true);
        thenBothAgree(shipped, registering, newest);
    }

    /** What the oracle is worth: whichever byte of the format is another, it is refused, or something else is read. */
    @ParameterizedTest
    @MethodSource("shipped")
    void changedByteIsDetected(RecordSchema shipped) throws Exception {
        thenAnyChangedByteIsNoticed(shipped.type());
    }

    private <T extends SpecificRecord> void thenAnyChangedByteIsNoticed(Class<T> type) throws Exception {
        T record = new RandomRecords(7, true).record(type);
        byte[] bytes = ours(type, Map.of()).serialize(topic, record);
        JsonNode read = tree(json(record));
        try (Oracle oracle = new Oracle(config(Map.of()))) {
            assertThat(tree(oracle.deserialize(topic, bytes))).isEqualTo(read);
            for (int at = 0; at < bytes.length; at++) {
                byte[] changed = bytes.clone();
                changed[at] ^= 1;
                assertThat(readBy(oracle, changed))
                        .as("with byte %d changed", at)
                        .isNotEqualTo(read);
            }
        }
    }

    private JsonNode readBy(Oracle oracle, byte[] bytes) throws JsonProcessingException {
        try {
            return tree(oracle.deserialize(topic, bytes));
        } catch (Oracle.OracleRefused refused) {
            return JSON.createObjectNode().put("refused", refused.getMessage());
        }
    }

    private void thenBothAgree(RecordSchema shipped, Map<String, ?> ours, Map<String, ?> theirs) throws Exception {
        thenBothAgree(shipped.type(), shipped.schema().toString(), ours, theirs);
    }

    private <T extends SpecificRecord> void thenBothAgree(
            Class<T> type, String schema, Map<String, ?> ours, Map<String, ?> theirs) throws Exception {
        AvroSerializer<T> serializer = ours(type, ours);
        AvroDeserializer<T> deserializer = new AvroDeserializer<>(type);
        deserializer.configure(config(ours), false);
        try (Oracle oracle = new Oracle(config(theirs))) {
            for (T record : records(type)) {
                String json = json(record);
                byte[] bytes = serializer.serialize(topic, record);
                assertThat(oracle.serialize(topic, schema, json)).isEqualTo(bytes);
                assertThat(tree(oracle.deserialize(topic, bytes))).isEqualTo(tree(json));
                assertThat(deserializer.deserialize(topic, bytes)).isEqualTo(record);
            }
        }
    }

    private static <T extends SpecificRecord> List<T> records(Class<T> type) {
        return IntStream.range(0, 16)
                .mapToObj(i -> new RandomRecords(i, i % 2 == 0).record(type))
                .toList();
    }

    private static <T extends SpecificRecord> AvroSerializer<T> ours(Class<T> type, Map<String, ?> more) {
        AvroSerializer<T> serializer = new AvroSerializer<>(type);
        serializer.configure(config(more), false);
        return serializer;
    }

    private static Map<String, Object> config(Map<String, ?> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put("schema.registry.url", registry.url());
        config.put("avro.remove.java.properties", true);
        return config;
    }

    private static JsonNode tree(String json) throws JsonProcessingException {
        return JSON.readTree(json);
    }

    private static String json(SpecificRecord record) throws IOException {
        SpecificData model = SpecificData.getForClass(record.getClass());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonEncoder encoder = EncoderFactory.get().jsonEncoder(record.getSchema(), out);
        @SuppressWarnings("unchecked") // the schema is the record's own
        var writer = (org.apache.avro.io.DatumWriter<SpecificRecord>) model.createDatumWriter(record.getSchema());
        writer.write(record, encoder);
        encoder.flush();
        return out.toString(StandardCharsets.UTF_8);
    }
}

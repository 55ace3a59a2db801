package dev.ratchet.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Confluent's serdes in place of ours, as if put on the class path: Kafka and Avro stay Ratchet's. */
@Timeout(300)
class ConfluentSerdesIT {
    private final String topic = "swapped-" + UUID.randomUUID();
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private URLClassLoader confluent;
    private Apicurio registry;

    @BeforeEach
    void putOnTheClassPath() throws IOException {
        registry = Apicurio.shared();
        confluent = new URLClassLoader(
                new URL[] {DownloadedFiles.confluent().toUri().toURL()}, before);
        Thread.currentThread().setContextClassLoader(confluent);
    }

    @AfterEach
    void takeOff() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        confluent.close();
    }

    static Stream<RecordSchema> shipped() {
        return RecordSchema.all();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void confluentAndRatchetSerdesReadEachOther(RecordSchema shipped) {
        thenEachReadsTheOther(shipped.type());
    }

    private <T extends SpecificRecord> void thenEachReadsTheOther(Class<T> type) {
        Map<String, Object> config = config(registry.url());
        SchemaRegistry http = SchemaRegistry.of(config);
        AvroSerdes serdes = new AvroSerdes(config, AvroSerdes.registry(config));
        Serializer<T> theirs = serdes.serializer(type);
        AvroSerializer<T> ours = new AvroSerializer<>(type, http);
        ours.configure(Map.of("avro.remove.java.properties", true), false);
        Deserializer<T> reading = serdes.deserializer(type);
        for (int seed = 0; seed < 20; seed++) {
            T record = new RandomRecords(seed, seed % 2 == 0).record(type);
            byte[] bytes = theirs.serialize(topic, record);
            assertThat(bytes).isEqualTo(ours.serialize(topic, record));
            assertThat(new AvroDeserializer<>(type, http).deserialize(topic, bytes))
                    .isEqualTo(record);
            assertThat(reading.deserialize(topic, bytes)).isEqualTo(record);
        }
        assertThat(theirs.serialize(topic, null)).isNull();
        assertThat(reading.deserialize(topic, null)).isNull();
    }

    @Test
    void badBytesAreSerializationErrors() {
        Deserializer<TaskStatusEvent> theirs = theirs(registry.url()).deserializer(TaskStatusEvent.class);
        byte[] ofAnother = ours(TaskStatusChange.class)
                .serialize(topic, new RandomRecords(1, true).record(TaskStatusChange.class));
        byte[] cutShort = ours(TaskStatusEvent.class)
                .serialize(topic + "2", new RandomRecords(1, true).record(TaskStatusEvent.class));

        thenTheRecordIsToBlame(theirs, new byte[] {1, 2, 3, 4, 5, 6}, "Unknown magic byte!");
        thenTheRecordIsToBlame(theirs, Arrays.copyOf(cutShort, 20), "Error deserializing Avro message");
        thenTheSchemaIsUnknown(theirs, new byte[] {0, 127, 0, 0, 1, 6}, "error code: 40403");
        thenTheSchemaIsUnknown(theirs, ofAnother, "Expected KafkaAvroDeserializer to read a");
    }

    private void thenTheRecordIsToBlame(Deserializer<?> theirs, byte[] bytes, String words) {
        assertThatThrownBy(() -> theirs.deserialize(topic, bytes))
                .isExactlyInstanceOf(SerializationException.class)
                .hasMessageContaining(words);
    }

    private void thenTheSchemaIsUnknown(Deserializer<?> theirs, byte[] bytes, String words) {
        assertThatThrownBy(() -> theirs.deserialize(topic, bytes))
                .isExactlyInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining(words);
    }

    @Test
    void unavailableOrMissingRegistryIsRegistryError() {
        byte[] bytes =
                ours(TaskStatusEvent.class).serialize(topic, new RandomRecords(1, true).record(TaskStatusEvent.class));
        assertThatThrownBy(() -> theirs("http://127.0.0.1:1")
                        .deserializer(TaskStatusEvent.class)
                        .deserialize(topic, bytes))
                .isExactlyInstanceOf(RegistryUnavailableException.class);
        for (String wrong : new String[] {"http://127.0.0.1:1", registry.url() + "/elsewhere"}) {
            AvroSerdes serdes = theirs(wrong);
            assertThatThrownBy(() -> serdes.deserializer(TaskStatusEvent.class).deserialize(topic, bytes))
                    .as(wrong)
                    .isInstanceOf(RegistryException.class);
            assertThatThrownBy(() -> serdes.serializer(TaskStatusEvent.class)
                            .serialize(topic, new RandomRecords(1, true).record(TaskStatusEvent.class)))
                    .as(wrong)
                    .isInstanceOf(RegistryException.class);
        }
    }

    private <T extends SpecificRecord> Serializer<T> ours(Class<T> type) {
        Map<String, Object> config = Map.of("schema.registry.url", registry.url());
        return new AvroSerdes(config, SchemaRegistry.of(config)).serializer(type);
    }

    private AvroSerdes theirs(String url) {
        Map<String, Object> config = config(url);
        return new AvroSerdes(config, AvroSerdes.registry(config));
    }

    private static Map<String, Object> config(String url) {
        Map<String, Object> config = new HashMap<>();
        config.put("schema.registry.url", url);
        config.put("value.serializer", "io.confluent.kafka.serializers.KafkaAvroSerializer");
        config.put("value.deserializer", "io.confluent.kafka.serializers.KafkaAvroDeserializer");
        return config;
    }
}

package dev.ratchet.avro;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.registry.MockSchemaRegistry;
import dev.ratchet.registry.RegistryException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** Whatever else is on a topic ends as a {@link SerializationException} that is no {@link RegistryException}. */
class BadBytesTest {
    private final MockSchemaRegistry registry = new MockSchemaRegistry();
    private final AvroDeserializer<Sample> deserializer = new AvroDeserializer<>(Sample.class, registry);
    private final Sample sample = new Sample("one", Instant.EPOCH, Level.LOW, null, 2.5);
    private final byte[] good = good();

    @Test
    void emptyValueIsRejected() {
        thenRefuses("Expected magic byte 0, but the value is empty");
    }

    @Test
    void otherFormatIsRejected() {
        thenRefuses(
                "Expected magic byte 0, but got 123 (0x7B): the value is not in Confluent's Avro format",
                '{',
                '"',
                '}');
    }

    @Test
    void keyInOtherFormatIsRejected() {
        deserializer.configure(Map.of(), true);
        thenRefuses("Expected magic byte 0, but got 255 (0xFF): the key is not in Confluent's Avro format", 0xFF);
    }

    @Test
    void truncatedSchemaIdIsRejected() {
        thenRefuses(
                "Expected a schema id of 4 bytes after the magic byte, but the value has only 4 bytes in all",
                0,
                0,
                0,
                0);
    }

    @Test
    void negativeSchemaIdIsRejected() {
        thenRefuses(
                "Expected a schema id of 0 or more, but got -1: the value is not in Confluent's Avro format",
                0,
                0xFF,
                0xFF,
                0xFF,
                0xFF);
    }

    @Test
    void unknownSchemaIdIsRejected() {
        thenRefuses("Expected a schema id the registry knows, but got 513 in the value", 0, 0, 0, 2, 1, 0);
    }

    @Test
    void schemaRegisteredLaterIsRead() {
        anIdBefore(2);
        registry.register(
                "later", SchemaBuilder.record("dev.ratchet.avro.Other").fields().endRecord());
        registry.register("later", Sample.SHIPPED);
        byte[] later = good.clone();
        later[4] = 3;

        assertThat(deserializer.deserialize("samples", later)).isEqualTo(sample);
    }

    private void anIdBefore(int id) {
        thenRefuses("Expected a schema id the registry knows, but got %d in the value".formatted(id), 0, 0, 0, 0, id);
    }

    @Test
    void otherRecordTypeIsRejected() {
        Schema other = SchemaBuilder.record("dev.ratchet.Other").fields().endRecord();
        registry.register("any", other);
        thenRefuses("Expected a record dev.ratchet.avro.Sample, but schema 2 is of dev.ratchet.Other", 0, 0, 0, 0, 2);
    }

    @Test
    void otherSchemaTypeIsRejected() {
        registry.register("any", Schema.create(Schema.Type.STRING));
        thenRefuses("Expected a record dev.ratchet.avro.Sample, but schema 2 is of string", 0, 0, 0, 0, 2, 0);
    }

    @Test
    void missingFieldWithoutDefaultIsRejected() {
        Schema older = SchemaBuilder.record("dev.ratchet.avro.Sample").fields().endRecord();
        registry.register("any", older);
        assertThatThrownBy(() -> deserializer.deserialize("samples", new byte[] {0, 0, 0, 0, 2}))
                .isExactlyInstanceOf(SerializationException.class)
                .hasMessageStartingWith("Expected a datum of schema 2, but the bytes do not fit it: ")
                .hasMessageContaining("missing required field");
    }

    @Test
    void truncatedDatumIsRejected() {
        for (int length = WireFormat.HEADER_BYTES; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> deserializer.deserialize("samples", cut))
                    .isExactlyInstanceOf(SerializationException.class)
                    .hasMessage("Expected a whole datum of schema 1, but the bytes are cut short");
        }
        assertThat(deserializer.deserialize("samples", good)).isEqualTo(sample);
    }

    @Test
    void trailingBytesAreRejected() {
        byte[] more = Arrays.copyOf(good, good.length + 1);
        assertThatThrownBy(() -> deserializer.deserialize("samples", more))
                .isExactlyInstanceOf(SerializationException.class)
                .hasMessage("Expected the datum of schema 1 to be all, but bytes follow it");
    }

    @Test
    void hugeLengthIsRejected() {
        byte[] bytes = Arrays.copyOf(new byte[] {0, 0, 0, 0, 1, -2, -1, -1, -1, -1, 1}, 100);
        assertThatThrownBy(() -> deserializer.deserialize("samples", bytes))
                .isExactlyInstanceOf(SerializationException.class)
                .hasMessageStartingWith("Expected a datum of schema 1, but the bytes do not fit it: ");
    }

    @Test
    void randomBytesAreReadOrRejected() {
        Random random = new Random(176);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good.clone();
            for (int changes = random.nextInt(8); changes >= 0; changes--) {
                bytes[WireFormat.HEADER_BYTES + random.nextInt(bytes.length - WireFormat.HEADER_BYTES)] =
                        (byte) random.nextInt();
            }
            try {
                deserializer.deserialize("samples", bytes);
            } catch (SerializationException e) {
                assertThat(e).isExactlyInstanceOf(SerializationException.class);
                refused++;
            }
        }
        assertThat(refused).isBetween(2_000, 19_900);
        assertThatCode(() -> deserializer.deserialize("samples", good)).doesNotThrowAnyException();
    }

    private void thenRefuses(String text, int... bytes) {
        byte[] value = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            value[i] = (byte) bytes[i];
        }
        assertThatThrownBy(() -> deserializer.deserialize("samples", value))
                .isInstanceOf(SerializationException.class)
                .isNotInstanceOf(RegistryException.class)
                .hasMessage(text);
    }

    private byte[] good() {
        return requireNonNull(new AvroSerializer<>(Sample.class, registry).serialize("samples", sample));
    }
}

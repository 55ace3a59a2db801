package dev.ratchet.avro;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.SerializationException;

/** The five-byte header before the datum. */
final class WireFormat {
    static final int HEADER_BYTES = 5;
    private static final byte MAGIC = 0;

    private WireFormat() {}

    /**
     * The id of the writer's schema, 0 or more.
     *
     * @param part {@code key} or {@code value}, for the error text
     * @throws SerializationException if the bytes do not begin with Confluent's header
     */
    static int id(byte[] bytes, String part) {
        if (bytes.length == 0) {
            throw new SerializationException("Expected magic byte 0, but the %s is empty".formatted(part));
        }
        if (bytes[0] != MAGIC) {
            int found = Byte.toUnsignedInt(bytes[0]);
            throw new SerializationException(
                    "Expected magic byte 0, but got %d (0x%02X): the %s is not in Confluent's Avro format"
                            .formatted(found, found, part));
        }
        if (bytes.length < HEADER_BYTES) {
            throw new SerializationException(
                    "Expected a schema id of 4 bytes after the magic byte, but the %s has only %d bytes in all"
                            .formatted(part, bytes.length));
        }
        int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        if (id < 0) {
            throw new SerializationException(
                    "Expected a schema id of 0 or more, but got %d: the %s is not in Confluent's Avro format"
                            .formatted(id, part));
        }
        return id;
    }

    static void writeHeader(int id, ByteArrayOutputStream out) {
        out.write(MAGIC);
        out.write(id >>> 24);
        out.write(id >>> 16);
        out.write(id >>> 8);
        out.write(id);
    }
}

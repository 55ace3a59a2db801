package dev.ratchet.state;

import java.nio.ByteBuffer;

/** Variable-length numbers, as in Kafka and Avro: zigzag, seven bits per byte. Numbers near zero take one byte. */
final class Varints {
    /** Maximum length in bytes. */
    static final int LONGEST = 10;

    private static final int SEVEN_BITS = 0x7f;
    private static final int MORE = 0x80;

    private Varints() {}

    static void write(long value, ByteBuffer out) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~SEVEN_BITS) != 0) {
            out.put((byte) ((rest & SEVEN_BITS) | MORE));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    /**
     * Reads the next number.
     *
     * @throws java.nio.BufferUnderflowException if the bytes end too early
     * @throws IllegalArgumentException if it is longer than the maximum
     */
    static long read(ByteBuffer in) {
        long raw = 0;
        for (int i = 0; i < LONGEST; i++) {
            byte next = in.get();
            raw |= (long) (next & SEVEN_BITS) << (7 * i);
            if (next >= 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new IllegalArgumentException("Expected a number of at most " + LONGEST + " bytes, but it is longer");
    }
}

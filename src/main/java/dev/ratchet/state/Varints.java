package dev.ratchet.state;

import java.nio.ByteBuffer;

/** Numbers in as few bytes as they need, those near zero in one: zigzag and seven bits a byte, as Kafka and Avro have them. */
final class Varints {
    /** Bytes of the longest. */
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
     * The next number.
     *
     * @throws java.nio.BufferUnderflowException if the bytes end within it
     * @throws IllegalArgumentException if it does not end within the longest
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
        throw new IllegalArgumentException("Expected a number of at most " + LONGEST + " bytes, but it goes on");
    }
}

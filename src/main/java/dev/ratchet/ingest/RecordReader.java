package dev.ratchet.ingest;

import org.jspecify.annotations.Nullable;

/** Reads the records of one source. Not thread-safe: one instance per thread. */
public interface RecordReader {

    /**
     * Reads one record's value. Never fails because of the value: a bad one is {@link Reading.Unreadable}.
     *
     * @param value the bytes from the topic; null for a tombstone
     */
    Reading read(byte @Nullable [] value);
}

package dev.ratchet.ingest;

import org.jspecify.annotations.Nullable;

/** Reads the records of one source. Not thread-safe: one instance a thread. */
public interface RecordReader {

    /**
     * Reads one record's value. Never fails on what it is given: what cannot be read is {@link Reading.Unreadable}.
     *
     * @param value the bytes as they lay on the topic; null for a tombstone
     */
    Reading read(byte @Nullable [] value);
}

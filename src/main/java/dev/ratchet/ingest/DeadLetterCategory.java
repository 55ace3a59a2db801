package dev.ratchet.ingest;

/** Why a record cannot be processed. */
public enum DeadLetterCategory {
    /** The value is corrupt, truncated, or in another format. */
    MALFORMED,
    /**
     * The registry does not know the value's schema, has another record type under its id, or refuses it for ten
     * minutes.
     */
    UNKNOWN_SCHEMA,
    /** The value is valid, but its status is unknown to this version. */
    UNKNOWN_STATUS,
    /** The value is valid, but its source may not write to this topic. */
    FORBIDDEN_SOURCE,
    /** The key is not the task id in the value. */
    KEY_MISMATCH,
    /** The record is on another partition than its key belongs to: its producer uses another partitioner. */
    PARTITION_MISMATCH,
    /**
     * Kafka rejected a record that results from this one as too large, or this record is too large to wait for its
     * schema.
     */
    TOO_LARGE;
}

package dev.ratchet.stream.deadletter;

import dev.ratchet.ingest.Reading.Flaw;

/** Why a record cannot be folded: what an operator has to look at. */
public enum DeadLetterCategory {
    /** The value is broken, cut short, or another format. */
    MALFORMED,
    /** The registry does not know the value's schema, knows it as that of something else, or refuses it for long. */
    UNKNOWN_SCHEMA,
    /** The value is sound, but of a status that this version does not know. */
    UNKNOWN_STATUS,
    /** The value is sound, but of a source that may not write to this topic: a producer that passes for another. */
    FORBIDDEN_SOURCE,
    /** The key is not the id of the task in the value. */
    KEY_MISMATCH,
    /** The record lies on another partition than its key belongs to: its producer partitions otherwise. */
    PARTITION_MISMATCH,
    /** Kafka refused a record that follows from it as too large, or it is itself too large to wait for its schema. */
    TOO_LARGE;

    public static DeadLetterCategory of(Flaw flaw) {
        return switch (flaw) {
            case MALFORMED -> MALFORMED;
            case UNKNOWN_SCHEMA -> UNKNOWN_SCHEMA;
            case TOO_LARGE -> TOO_LARGE;
            case UNKNOWN_STATUS -> UNKNOWN_STATUS;
            case FORBIDDEN_SOURCE -> FORBIDDEN_SOURCE;
        };
    }
}

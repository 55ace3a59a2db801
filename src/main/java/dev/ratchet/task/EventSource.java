package dev.ratchet.task;

/** Where a status event came from. Sequences of different sources do not compare. */
public enum EventSource {
    /** A producer that writes status events itself. */
    NATIVE,
    /** Change data capture of Conductor's {@code task} table; the sequence is the log position. */
    CDC,
    /** Conductor's task notification; the sequence is the newest time in it. */
    WEBHOOK,
    /** Conductor's answer to an audit; the sequence is the last one reported when the audit asked. */
    AUDIT
}

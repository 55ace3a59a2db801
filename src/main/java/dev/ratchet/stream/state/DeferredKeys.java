package dev.ratchet.stream.state;

/** Keys of records that wait for their schemas: timers do not act on their tasks. */
public interface DeferredKeys {
    /** {@return whether no record waits} */
    boolean isEmpty();

    /** {@return whether a record with this key waits} */
    boolean holdsKey(byte[] key);
}

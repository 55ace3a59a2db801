package dev.ratchet.stream.timer;

/** The keys of records that wait for their schemas: no timer acts on a task of which one waits. */
public interface DeferredKeys {
    /** {@return whether none waits} */
    boolean isEmpty();

    /** {@return whether a record with this key waits} */
    boolean holdsKey(byte[] key);
}

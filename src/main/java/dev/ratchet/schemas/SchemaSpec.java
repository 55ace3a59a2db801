package dev.ratchet.schemas;

import dev.ratchet.wire.Compatibility;
import dev.ratchet.wire.Subject;

/**
 * What the registry must hold for one topic.
 *
 * @param level what each further version is to promise; a stricter one will do
 */
record SchemaSpec(String topic, Subject subject, Compatibility level) {
    /** The record's name. */
    String record() {
        return subject.schema().getFullName();
    }
}

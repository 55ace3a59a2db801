package dev.ratchet.schemas;

import dev.ratchet.registry.Compatibility;
import dev.ratchet.registry.Subject;

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

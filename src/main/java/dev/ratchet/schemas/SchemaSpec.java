package dev.ratchet.schemas;

import dev.ratchet.registry.Compatibility;
import dev.ratchet.registry.Subject;

/**
 * The schema of one topic.
 *
 * @param level required compatibility level; a stricter one is accepted
 */
record SchemaSpec(String topic, Subject subject, Compatibility level) {

    /** Full name of the record. */
    String record() {
        return subject.schema().getFullName();
    }
}

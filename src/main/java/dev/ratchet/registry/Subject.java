package dev.ratchet.registry;

import org.apache.avro.Schema;

/**
 * A subject of the registry and the schema of a topic's values.
 *
 * @param schema as it is registered
 */
public record Subject(String name, Schema schema) {}

package dev.ratchet.registry;

import java.util.Map;
import org.apache.avro.Schema;

/**
 * Assigns ids to Avro schemas. Source: a Confluent Schema Registry, one with the same API, or an in-process one. Every call may
 * block, up to the configured timeouts and retries, and is safe to repeat. Ids never change, so results other than those of
 * {@link #latest} may be cached for ever; a refusal is cached for ten seconds at most, except for ids of another format.
 * Thread-safe; share one instance among all serdes of a process.
 *
 * <p>Every method throws {@link RegistryUnavailableException} if no address answered in time: retry later; {@link
 * RegistryRefusedException} if the registry rejected the request; and {@link
 * org.apache.kafka.common.errors.InterruptException} if the thread was interrupted while waiting.
 */
public interface SchemaRegistry {
    /** A schema and its id, 0 or more. */
    record Registered(int id, Schema schema) {}

    /**
     * Registers the schema as the subject's newest version, unless the subject has it, and returns its id. Refused (409) if it is
     * not compatible with earlier versions.
     *
     * @param subject such as {@code task-status-events-value}
     */
    int register(String subject, Schema schema);

    /** The id of this schema under the subject. Refused as not found if the subject does not have it. */
    int id(String subject, Schema schema);

    /**
     * The schema with this id. Refused as not found if it is unknown and stays so over the retries, since another node may know it
     * already. Only a few ids are waited for in ten seconds, since ids in bytes that are not Avro never become known.
     *
     * @throws org.apache.kafka.common.errors.SerializationException and no {@link RegistryException}, if the id is of no Avro
     *     schema, or of one that cannot be parsed alone (references to other subjects are not supported)
     */
    Schema byId(int id);

    /** The newest version of the subject, never cached. Refused as not found if the subject has none. */
    Registered latest(String subject);

    /**
     * The registry at {@code schema.registry.url}: {@code mock://NAME} for the in-process one of that name, else one or
     * more http or https addresses with commas between.
     *
     * @param config with the keys of Confluent's serdes; {@link SerdeConfig} lists those that are read
     * @throws org.apache.kafka.common.config.ConfigException if a setting is missing or wrong
     */
    static SchemaRegistry of(Map<String, ?> config) {
        SerdeConfig wire = new SerdeConfig(config);
        String first = wire.urls().get(0);
        return first.startsWith(SerdeConfig.MOCK)
                ? MockSchemaRegistry.named(first.substring(SerdeConfig.MOCK.length()))
                : new HttpSchemaRegistry(wire);
    }
}

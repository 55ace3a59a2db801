package dev.ratchet.registry;

import java.util.Map;
import org.apache.avro.Schema;

/**
 * Where Avro schemas get their ids. Source: a Confluent Schema Registry or one that speaks its API, or a stand-in within
 * this process. Every call may block, up to the timeouts and retries configured, and is safe to repeat. Ids never change
 * their meaning, so answers but {@link #latest} may be remembered for ever; a refusal is
 * remembered for ten seconds at most, but for ids of another format. Safe for use by
 * several threads, and best shared by all serdes of a process.
 *
 * <p>Every method throws {@link RegistryUnavailableException} if no address answered in time: try again later; {@link
 * RegistryRefusedException} if the registry said no, with its reason; and {@link
 * org.apache.kafka.common.errors.InterruptException} if the thread was interrupted while waiting.
 */
public interface SchemaRegistry {
    /** A schema and the id it goes by, greater than or equal to 0. */
    record Registered(int id, Schema schema) {}

    /**
     * The id of the schema, which becomes the subject's newest version unless the subject has it already. Refused (409)
     * if it is not compatible with the versions before it.
     *
     * @param subject such as {@code task-status-events-value}
     */
    int register(String subject, Schema schema);

    /** The id under which the subject already has this very schema. Refused as not found if it has not. */
    int id(String subject, Schema schema);

    /**
     * The schema with this id. Refused as not found if there is none, and none turns up over the retries: it may be known
     * elsewhere already. That is waited for per id, for a few ids in ten seconds, as ids of bytes that are no Avro will
     * never be known.
     *
     * @throws org.apache.kafka.common.errors.SerializationException and no {@link RegistryException}, if the id is that
     *     of no Avro schema, or of one that cannot be read by itself (references to other subjects are not followed)
     */
    Schema byId(int id);

    /** The newest version of the subject, asked anew each time. Refused as not found if the subject has none. */
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
                : new HttpSchemaRegistry(new RegistryClient(wire));
    }
}

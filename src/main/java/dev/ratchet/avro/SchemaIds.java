package dev.ratchet.avro;

import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.registry.SerdeConfig;
import dev.ratchet.registry.SubjectNames;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** The id of one schema for each topic. Asks the registry once per topic; thread-safe. */
public final class SchemaIds {
    /** How the id is found. */
    private enum IdSource {
        REGISTER,
        LOOK_UP,
        LATEST
    }

    private final SchemaRegistry registry;
    private final Schema schema;
    private final IdSource source;
    private final SubjectNames names;
    private final boolean isKey;
    private final Map<String, Integer> byTopic = new ConcurrentHashMap<>();

    public SchemaIds(SchemaRegistry registry, Schema schema, SerdeConfig config, boolean isKey) {
        this.registry = registry;
        this.schema = config.registered(schema);
        this.names = config.subjectNames(isKey);
        this.isKey = isKey;
        if (config.getBoolean(SerdeConfig.AUTO_REGISTER)) {
            source = IdSource.REGISTER; // wins over the other settings, as in Confluent's serdes
        } else {
            source = config.getBoolean(SerdeConfig.USE_LATEST) ? IdSource.LATEST : IdSource.LOOK_UP;
        }
    }

    /**
     * {@return the schema's id on this topic}
     *
     * @throws RegistryException if the registry returns none; the next record asks again
     */
    public int idFor(String topic) {
        Integer known = byTopic.get(topic);
        if (known != null) {
            return known;
        }
        int id = find(names.subject(topic, schema, isKey));
        byTopic.put(topic, id);
        return id;
    }

    private int find(String subject) {
        return switch (source) {
            case REGISTER -> registry.register(subject, schema);
            case LOOK_UP -> registry.id(subject, schema);
            case LATEST -> latest(subject);
        };
    }

    /** The record is written with its class's schema, so the newest version must have the same binary form. */
    private int latest(String subject) {
        SchemaRegistry.Registered latest = registry.latest(subject);
        String theirs = SchemaNormalization.toParsingForm(latest.schema());
        String ours = SchemaNormalization.toParsingForm(schema);
        if (!theirs.equals(ours)) {
            throw new RegistryException(
                    "Expected the newest version of %s to have the fields of this program's %s, but schema %d is %s"
                            .formatted(subject, schema.getFullName(), latest.id(), theirs));
        }
        return latest.id();
    }
}

package dev.ratchet.wire;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Where the schema of a topic's values stands in the registry.
 *
 * @param schema as it is registered
 */
public record Subject(String name, Schema schema) {
    /**
     * The one that {@link AvroSerdes} with the same config register under.
     *
     * @throws org.apache.kafka.common.config.ConfigException if a setting is wrong
     */
    public static Subject of(Map<String, ?> config, String topic, Class<? extends SpecificRecord> type) {
        SerdeConfig wire = new SerdeConfig(AvroSerdes.completed(config));
        Schema schema = wire.registered(RecordType.of(type).schema());
        return new Subject(wire.subjectNames(false).subject(topic, schema, false), schema);
    }
}

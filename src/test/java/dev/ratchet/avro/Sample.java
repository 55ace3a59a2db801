package dev.ratchet.avro;

import dev.ratchet.registry.SerdeConfig;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversion;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions.TimestampMillisConversion;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** What Avro's compiler would make of this schema, as far as reading and writing go. */
public final class Sample extends SpecificRecordBase {
    private static final long serialVersionUID = 1L;

    public static final Schema SCHEMA$ = new Schema.Parser().parse("""
            {"type": "record", "name": "Sample", "namespace": "dev.ratchet.avro", "fields": [
              {"name": "name", "type": {"type": "string", "avro.java.string": "String"}},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "level", "type": {"type": "enum", "name": "Level", "symbols": ["UNKNOWN", "LOW", "HIGH"],
                "default": "UNKNOWN"}},
              {"name": "note", "type": ["null", {"type": "string", "avro.java.string": "String"}], "default": null},
              {"name": "tags", "default": [],
                "type": {"type": "array", "items": {"type": "string", "avro.java.string": "String"}}},
              {"name": "weight", "type": "double", "default": 1.5}
            ]}""");

    /** As it is registered: another schema to a registry. */
    static final Schema SHIPPED = new SerdeConfig(Map.of(SerdeConfig.REMOVE_JAVA, true)).registered(SCHEMA$);

    private static final SpecificData MODEL$ = new SpecificData();

    static {
        MODEL$.addLogicalTypeConversion(new TimestampMillisConversion());
    }

    private final @Nullable Object[] values = new Object[6];

    /** For Avro. */
    public Sample() {}

    public Sample(@Nullable String name, Instant at, Level level, @Nullable String note, double weight) {
        Object[] all = {name, at, level, note, List.of("a", "b"), weight};
        System.arraycopy(all, 0, values, 0, all.length);
    }

    @Override
    public SpecificData getSpecificData() {
        return MODEL$;
    }

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public @Nullable Object get(int field) {
        return values[field];
    }

    @Override
    public void put(int field, Object value) {
        values[field] = value;
    }

    @Override
    public @Nullable Conversion<?> getConversion(int field) {
        return field == 1 ? new TimestampMillisConversion() : null;
    }
}

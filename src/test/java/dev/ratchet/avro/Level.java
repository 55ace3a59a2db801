package dev.ratchet.avro;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;

/** The enum within {@link Sample}. */
public enum Level implements GenericEnumSymbol<Level> {
    UNKNOWN,
    LOW,
    HIGH;

    @Override
    public Schema getSchema() {
        return Sample.SCHEMA$.getField("level").schema();
    }
}

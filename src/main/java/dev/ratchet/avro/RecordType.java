package dev.ratchet.avro;

import dev.ratchet.registry.UnknownSchemaException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro's model and schema of a generated class.
 *
 * @param model the class's own, with the conversions of its logical types
 * @param schema the one the class was generated from
 */
record RecordType<T extends SpecificRecord>(SpecificData model, Schema schema) {
    /** Also trusts the class's package, as Avro requires. */
    static <T extends SpecificRecord> RecordType<T> of(Class<T> type) {
        TrustedPackages.trustPackageOf(type);
        SpecificData model = SpecificData.getForClass(type);
        return new RecordType<>(model, model.getSchema(type));
    }

    DatumWriter<T> writer() {
        @SuppressWarnings("unchecked") // the schema is that of T
        DatumWriter<T> writer = model.createDatumWriter(schema);
        return writer;
    }

    /**
     * A reader for data of another version of this schema.
     *
     * @throws UnknownSchemaException if the writer's schema is of another record. Avro ignores record names, and would read any
     *     record as one whose fields all have defaults
     */
    DatumReader<T> reader(int id, Schema writer) {
        if (writer.getType() != Schema.Type.RECORD || !SchemaCompatibility.schemaNameEquals(schema, writer)) {
            throw new UnknownSchemaException("Expected a record %s, but schema %d is of %s"
                    .formatted(schema.getFullName(), id, writer.getFullName()));
        }
        @SuppressWarnings("unchecked") // the reader's schema is that of T
        DatumReader<T> reader = model.createDatumReader(writer, schema);
        return reader;
    }
}

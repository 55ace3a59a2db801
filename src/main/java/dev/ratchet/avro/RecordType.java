package dev.ratchet.avro;

import dev.ratchet.registry.UnknownSchemaException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro's model and schema of a generated class.
 *
 * @param model the class's own, with the conversions of its logical types
 * @param schema the one the class was generated from
 */
record RecordType<T extends SpecificRecord>(SpecificData model, Schema schema) {
    private static final Set<String> TRUSTED = ConcurrentHashMap.newKeySet();

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), found -> TRUSTED.contains(found.getPackageName())));
    }

    /**
     * Lets Avro create classes of this class's package, without its subpackages. Safe to repeat. Since 1.12.2 Avro asks a
     * process-wide predicate about every class that a schema names. Its default knows only a few JDK packages and those in the
     * system property {@code org.apache.avro.SERIALIZABLE_PACKAGES}, which is read once, too early to be set here.
     */
    static void trustPackageOf(Class<?> type) {
        TRUSTED.add(type.getPackageName());
    }

    static <T extends SpecificRecord> RecordType<T> of(Class<T> type) {
        trustPackageOf(type);
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

package dev.ratchet.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** A record's schema as it is shipped in {@code schemas/}, and the class that was generated from it. */
record RecordSchema(Schema schema, Class<? extends SpecificRecord> type) {
    /** All of them, so that none that is added is left out. */
    static Stream<RecordSchema> all() {
        try (Stream<Path> files = Files.list(Path.of("schemas"))) {
            Stream.Builder<RecordSchema> all = Stream.builder();
            for (Path file : files.sorted().toList()) {
                all.add(of(new Schema.Parser().parse(Files.readString(file))));
            }
            return all.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RecordSchema of(Schema schema) {
        try {
            return new RecordSchema(schema, Class.forName(schema.getFullName()).asSubclass(SpecificRecord.class));
        } catch (ClassNotFoundException e) {
            throw new LinkageError("Expected a class for each schema", e);
        }
    }

    @Override
    public String toString() {
        return schema.getName();
    }
}

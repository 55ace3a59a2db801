package dev.ratchet.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** A record's schema as it is shipped in {@code schemas/}, and the class that was generated from it. */
record RecordSchema(Schema schema, Class<? extends SpecificRecord> type) {
    /** All of them, so that none that is added is left out. */
    static Stream<RecordSchema> all() {
        try (Stream<Path> files = Files.list(Path.of("schemas"))) {
            Schema.Parser parser = new Schema.Parser();
            // The last name first: results hold an event, whose schema must be known by then.
            Map<Boolean, Map<String, Path>> byKind = new TreeMap<>();
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".avsc")).toList()) {
                boolean record = Files.readString(file).contains("\"record\"");
                byKind.computeIfAbsent(record, none -> new TreeMap<>(Comparator.reverseOrder()))
                        .put(file.toString(), file);
            }
            for (Path file : byKind.get(false).values()) {
                parser.parse(Files.readString(file));
            }
            Stream.Builder<RecordSchema> all = Stream.builder();
            for (Path file : byKind.get(true).values()) {
                all.add(of(parser.parse(Files.readString(file))));
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

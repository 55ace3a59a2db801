package dev.ratchet.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Records of any schema, made of random values: all its optional fields filled, or none. */
final class RandomRecords {
    private static final String[] TEXTS = {"", "a", "upload__3", "{\"bytes\": 5, \"ä\": \"→ 🚀\"}", "x".repeat(300)};
    private static final long[] NUMBERS = {0, 1, -1, 63, 64, 300, Integer.MAX_VALUE, Integer.MIN_VALUE};

    private final Random random;
    private final boolean optional;

    RandomRecords(long seed, boolean optional) {
        this.random = new Random(seed);
        this.optional = optional;
    }

    /** Of a generated class. */
    <T extends SpecificRecord> T record(Class<T> type) {
        SpecificData model = SpecificData.getForClass(type);
        Schema schema = model.getSchema(type);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new GenericDatumWriter<>(schema).write(value(schema), encoder);
            DatumReader<?> reader = model.createDatumReader(schema);
            return type.cast(reader.read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object value(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> {
                GenericData.Record record = new GenericData.Record(schema);
                schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
                yield record;
            }
            case UNION -> optional ? value(schema.getTypes().get(1)) : null;
            case ENUM ->
                new GenericData.EnumSymbol(
                        schema,
                        schema.getEnumSymbols()
                                .get(random.nextInt(schema.getEnumSymbols().size())));
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case INT -> (int) NUMBERS[random.nextInt(NUMBERS.length)];
            case LONG ->
                schema.getLogicalType() == null && random.nextInt(4) == 0
                        ? random.nextLong()
                        : NUMBERS[random.nextInt(NUMBERS.length)];
            case BOOLEAN -> random.nextBoolean();
            default -> throw new AssertionError("Expected a type that Ratchet's schemas use, but got " + schema);
        };
    }
}

package dev.ratchet.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** The half of {@link Oracle} that lives with Confluent's classes: what crosses over is the JDK's. */
public final class OracleSide {
    private final Serializer<Object> serializer;
    private final Deserializer<?> deserializer;

    @SuppressWarnings("unchecked") // it takes any
    public OracleSide(Map<String, ?> config) {
        serializer = (Serializer<Object>) made("KafkaAvroSerializer");
        deserializer = (Deserializer<?>) made("KafkaAvroDeserializer");
        serializer.configure(config, false);
        deserializer.configure(config, false);
    }

    public byte[] serialize(String topic, String schema, String json) throws IOException {
        Schema parsed = new Schema.Parser().parse(schema);
        GenericRecord record = new GenericDatumReader<GenericRecord>(parsed)
                .read(null, DecoderFactory.get().jsonDecoder(parsed, json));
        return serializer.serialize(topic, record);
    }

    public String deserialize(String topic, byte[] bytes) throws IOException {
        return json((GenericRecord) deserializer.deserialize(topic, bytes));
    }

    public void close() {
        serializer.close();
        deserializer.close();
    }

    /** In Avro's JSON encoding. */
    static String json(GenericRecord record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonEncoder encoder = EncoderFactory.get().jsonEncoder(record.getSchema(), out);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Object made(String name) {
        try {
            return Class.forName("io.confluent.kafka.serializers." + name)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Expected Confluent's classes to be as they were", e);
        }
    }
}

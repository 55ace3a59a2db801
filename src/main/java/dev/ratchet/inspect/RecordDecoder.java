package dev.ratchet.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.RegistryUnavailableException;
import dev.ratchet.registry.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Decodes records of Ratchet's topics. A value that cannot be decoded is shown as text, with the reason. */
final class RecordDecoder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, RatchetTopic> topics = new HashMap<>();
    private final Map<RatchetTopic, Deserializer<? extends SpecificRecord>> avro = new EnumMap<>(RatchetTopic.class);

    RecordDecoder(Settings settings, SchemaRegistry registry) {
        AvroSerdes serdes = new AvroSerdes(settings.serde(), registry);
        for (RatchetTopic topic : RatchetTopic.values()) {
            topics.put(topic.in(settings.topics()), topic);
            topic.type().ifPresent(type -> avro.put(topic, serdes.deserializer(type)));
        }
    }

    /** @throws RegistryUnavailableException if the registry does not answer */
    TopicRecord decode(ConsumerRecord<byte[], byte[]> record) {
        RatchetTopic topic = topics.get(record.topic());
        if (topic == null) {
            throw new IllegalArgumentException("Expected one of " + topics.keySet() + ", but got " + record.topic());
        }
        SpecificRecord decoded = null;
        JsonNode value;
        String error = "";
        try {
            decoded = avro(topic, record);
            value = decoded == null ? value(topic, record) : AvroJson.of(decoded);
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (SerializationException | JsonProcessingException e) {
            value = new TextNode(text(record.value()));
            error = String.valueOf(e.getMessage());
        }
        return new TopicRecord(
                topic,
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                text(record.key()),
                headers(record),
                value,
                error,
                decoded,
                record);
    }

    private @Nullable SpecificRecord avro(RatchetTopic topic, ConsumerRecord<byte[], byte[]> record) {
        Deserializer<? extends SpecificRecord> deserializer = avro.get(topic);
        return deserializer == null || record.value() == null
                ? null
                : deserializer.deserialize(record.topic(), record.value());
    }

    private static JsonNode value(RatchetTopic topic, ConsumerRecord<byte[], byte[]> record)
            throws JsonProcessingException {
        if (record.value() == null) {
            return JSON.nullNode();
        }
        return topic == RatchetTopic.CDC ? row(text(record.value())) : new TextNode(text(record.value()));
    }

    /** Debezium's change of a row, with the task in it as JSON instead of text. */
    private static JsonNode row(String change) throws JsonProcessingException {
        JsonNode tree = JSON.readTree(change);
        if (tree.path("after") instanceof ObjectNode after
                && after.path("json_data").isTextual()) {
            after.set("json_data", JSON.readTree(after.path("json_data").textValue()));
        }
        return tree;
    }

    private static ObjectNode headers(ConsumerRecord<byte[], byte[]> record) {
        ObjectNode headers = JSON.createObjectNode();
        for (Header header : record.headers()) {
            headers.put(header.key(), text(header.value()));
        }
        return headers;
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}

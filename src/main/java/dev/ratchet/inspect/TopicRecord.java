package dev.ratchet.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of one of Ratchet's topics, decoded.
 *
 * @param key empty if it has none
 * @param headers names and values, as text
 * @param value the Avro record or the JSON document; a null node for a tombstone; a text node if it is neither
 * @param error why the value cannot be decoded; empty if it is
 * @param avro the Avro record; null if the value is none
 * @param raw as it was read
 */
public record TopicRecord(
        RatchetTopic topic,
        String name,
        int partition,
        long offset,
        Instant timestamp,
        String key,
        ObjectNode headers,
        JsonNode value,
        String error,
        @Nullable SpecificRecord avro,
        ConsumerRecord<byte[], byte[]> raw) {

    /** Its place in the topic, such as {@code 2@17}. */
    public String position() {
        return partition + "@" + offset;
    }

    /** A field of the value as text; empty if there is none. */
    public String text(String field) {
        return value.path(field).asText("");
    }

    /** One JSON object with all of it. */
    public ObjectNode toJson() {
        ObjectNode json = value.isObject() ? ((ObjectNode) value).objectNode() : headers.objectNode();
        json.put("topic", name)
                .put("partition", partition)
                .put("offset", offset)
                .put("timestamp", timestamp.toString())
                .put("key", key);
        if (!headers.isEmpty()) {
            json.set("headers", headers);
        }
        json.set("value", value);
        if (!error.isEmpty()) {
            json.put("error", error);
        }
        return json;
    }
}

package dev.ratchet.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ratchet.http.Meaning;
import dev.ratchet.inspect.TopicRecord;
import dev.ratchet.task.TextLimits;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A record of a topic, as it is shown. */
@Meaning("A record of a topic.")
record RecordView(
        @Meaning("The partition.") int partition,
        @Meaning("Its offset in the partition.") long offset,
        @Meaning("The record's timestamp.") Instant timestamp,

        @Meaning("The key: the task id. Of a dead letter, that of the source record.")
        String key,

        @Meaning("Headers, as text. A dead letter has the reason there.")
        Map<String, String> headers,

        @Meaning(
                "The Avro record as JSON, with the fields of its schema. Of a dead letter, the source record's value as"
                        + " text. Texts longer than 4,000 characters are cut.")
        JsonNode value,

        @Meaning("Why the value cannot be decoded; empty if it is.")
        String error) {

    static RecordView of(TopicRecord record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers()
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), cut(header.getValue().asText(""))));
        return new RecordView(
                record.partition(),
                record.offset(),
                record.timestamp(),
                cut(record.key()),
                headers,
                record.value().isTextual() ? new TextNode(cut(record.value().textValue())) : record.value(),
                cut(record.error()));
    }

    private static String cut(String text) {
        return TextLimits.cut(text, TextLimits.REASON);
    }
}

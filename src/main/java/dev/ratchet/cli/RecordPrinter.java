package dev.ratchet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.inspect.TopicRecord;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Formats a record of a topic as one line. */
final class RecordPrinter {
    private static final int LONGEST_TEXT = 200;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private RecordPrinter() {}

    /** {@return the line, without control characters, which a terminal would obey} */
    static String line(TopicRecord record) {
        return CONTROL.matcher(text(record)).replaceAll("?");
    }

    private static String text(TopicRecord record) {
        StringJoiner line = new StringJoiner(" ")
                .add(record.timestamp().toString())
                .add(record.topic() + "-" + record.partition() + "@" + record.offset())
                .add(record.key().isEmpty() ? "-" : record.key());
        if (!record.error().isEmpty()) {
            return line.add("cannot be decoded: " + record.error()).toString();
        }
        if (record.value().isNull()) {
            return line.add("removed (tombstone)").toString();
        }
        return line.add(
                        switch (record.topic()) {
                            case CHANGELOG -> change(record);
                            case EVENTS ->
                                "%s reported %s, epoch %s, sequence %s"
                                        .formatted(
                                                record.text("source"),
                                                record.text("status"),
                                                record.text("epoch"),
                                                record.text("sequence"));
                            case CDC -> row(record);
                            case REJECTIONS ->
                                "%s of %s: %s"
                                        .formatted(
                                                record.text("reason"), record.text("status"), record.text("message"));
                            case ALERTS ->
                                "%s %s: %s"
                                        .formatted(record.text("kind"), record.text("state"), record.text("message"));
                            case REPAIR_COMMANDS ->
                                "%s attempt %s: %s, last reported %s"
                                        .formatted(
                                                record.text("purpose"),
                                                record.text("attempt"),
                                                record.text("status"),
                                                record.text("heardStatus"));
                            case REPAIR_RESULTS -> result(record);
                            case DEAD_LETTERS -> deadLetter(record);
                        })
                .toString();
    }

    private static String change(TopicRecord record) {
        JsonNode before = record.value().path("previousStatus");
        return "%s %s%s, epoch %s, revision %s%s%s"
                .formatted(
                        record.text("referenceTaskName"),
                        before.isNull() ? "" : before.asText() + " -> ",
                        record.text("status"),
                        record.text("epoch"),
                        record.text("revision"),
                        record.value().path("correction").asBoolean()
                                ? ", corrects revision " + record.text("supersedes")
                                : "",
                        record.headers().has("ratchet.republished") ? ", published again" : "");
    }

    private static String row(TopicRecord record) {
        JsonNode task = record.value().path("after").path("json_data");
        return "%s %s"
                .formatted(
                        task.path("referenceTaskName").asText("row"),
                        task.path("status").asText("op " + record.text("op")));
    }

    private static String result(TopicRecord record) {
        String finding = record.text("finding");
        return finding.isEmpty() || finding.equals("null")
                ? "%s attempt %s: %s".formatted(record.text("result"), record.text("attempt"), record.text("reason"))
                : "audit found %s, Conductor holds %s".formatted(finding, record.text("observedStatus"));
    }

    private static String deadLetter(TopicRecord record) {
        JsonNode headers = record.headers();
        String message = headers.path("__streams.errors.message").asText("");
        return "%s from %s-%s@%s: %s"
                .formatted(
                        headers.path("ratchet.category").asText("?"),
                        headers.path("__streams.errors.topic").asText("?"),
                        headers.path("__streams.errors.partition").asText("?"),
                        headers.path("__streams.errors.offset").asText("?"),
                        message.length() > LONGEST_TEXT ? message.substring(0, LONGEST_TEXT) + "…" : message);
    }
}

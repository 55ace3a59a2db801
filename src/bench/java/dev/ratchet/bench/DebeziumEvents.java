package dev.ratchet.bench;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Recorded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Debezium's JSON: three records of a recorded task, three kilobytes each, told of other tasks. */
final class DebeziumEvents implements EventSource {
    private static final Pattern POSITION = Pattern.compile("\"lsn\":(\\d+)");

    private final List<String> templates;
    private final String recordedId;
    private final String topic;

    DebeziumEvents(String topic) {
        this.topic = topic;
        recordedId = Recordings.expected("race_176").stream()
                .filter(task -> task.taskType().equals("B"))
                .map(Recordings.Expected::taskId)
                .findFirst()
                .orElseThrow();
        List<String> rows = Recordings.cdc("race_176").stream()
                .filter(record -> record.key().equals(recordedId))
                .map(Recorded::json)
                .toList();
        templates = Stream.of("SCHEDULED", "IN_PROGRESS", "COMPLETED")
                .map(status -> first(rows, "\\\"status\\\":\\\"" + status + "\\\""))
                .toList();
    }

    private static String first(List<String> rows, String text) {
        return rows.stream().filter(row -> row.contains(text)).findFirst().orElseThrow();
    }

    @Override
    public byte[] value(Workload.Step step) {
        String row = templates.get(step.event()).replace(recordedId, EventSource.taskId(step.task()));
        Matcher position = POSITION.matcher(row);
        return position.replaceFirst("\"lsn\":" + (1_000_000_000L + 1_000L * step.task() + step.event()))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public String kind() {
        return "debezium";
    }
}

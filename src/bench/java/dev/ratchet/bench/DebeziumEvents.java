package dev.ratchet.bench;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Recorded;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debezium's JSON: the records of one recorded task, three kilobytes and more each, told of other tasks. */
final class DebeziumEvents implements EventSource {
    private static final Pattern POSITION = Pattern.compile("\"lsn\":(\\d+)");

    private final List<String> templates;
    private final String recordedId;
    private final String topic;

    DebeziumEvents(String topic) {
        this.topic = topic;
        recordedId = Recordings.expected("stress_1").stream()
                .filter(task -> task.revision() == Workload.EVENTS_A_TASK && !task.diverged() && task.epoch() == 1)
                .map(Recordings.Expected::taskId)
                .filter(id -> recorded(id).size() == Workload.EVENTS_A_TASK)
                .findFirst()
                .orElseThrow();
        templates = recorded(recordedId);
    }

    private static List<String> recorded(String taskId) {
        return Recordings.cdc("stress_1").stream()
                .filter(record -> record.key().equals(taskId))
                .map(Recorded::json)
                .toList();
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

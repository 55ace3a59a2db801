package dev.ratchet.inspect;

import java.util.stream.Stream;

/**
 * Which records to print. Empty texts match all.
 *
 * @param task the task's id: the record's key
 * @param workflow the id of the workflow execution, in the value
 * @param kind kind of an alert, reason of a rejection, category of a dead letter, result or finding of a repair's result,
 *     purpose of a command, status of a change, an event or a row
 */
public record RecordFilter(String task, String workflow, String kind) {
    public boolean matches(TopicRecord record) {
        return (task.isEmpty() || task.equals(record.key()) || task.equals(record.text("taskId")))
                && (workflow.isEmpty() || workflow.equals(workflowId(record)))
                && (kind.isEmpty() || kinds(record).anyMatch(kind::equalsIgnoreCase));
    }

    private static String workflowId(TopicRecord record) {
        return Stream.of(
                        record.value().path("workflowId"),
                        record.value().path("event").path("workflowId"),
                        record.value().path("after").path("json_data").path("workflowInstanceId"))
                .map(node -> node.asText(""))
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static Stream<String> kinds(TopicRecord record) {
        return switch (record.topic()) {
            case CHANGELOG, EVENTS -> Stream.of(record.text("status"));
            case ALERTS -> Stream.of(record.text("kind"));
            case REJECTIONS -> Stream.of(record.text("reason"));
            case REPAIR_COMMANDS -> Stream.of(record.text("purpose"));
            case REPAIR_RESULTS -> Stream.of(record.text("result"), record.text("finding"));
            case DEAD_LETTERS ->
                Stream.of(record.headers().path("ratchet.category").asText(""));
            case CDC ->
                Stream.of(record.value()
                        .path("after")
                        .path("json_data")
                        .path("status")
                        .asText(""));
        };
    }
}

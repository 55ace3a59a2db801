package dev.ratchet.real;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All that was written and said of some executions, for who wants to know why: a file beside the logs. */
final class Trace {
    private Trace() {}

    static void write(String name, List<String> workflowIds, Observations seen) throws IOException {
        List<Row> rows = seen.captured.rows(workflowIds);
        Set<String> tasks = rows.stream().map(Row::taskId).collect(Collectors.toSet());
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add(row.toString()));
        seen.outputs().alerts.stream()
                .filter(alert -> tasks.contains(alert.getTaskId()))
                .forEach(alert -> lines.add("Alert " + alert));
        seen.repairs.poll().commands.stream()
                .filter(command -> tasks.contains(command.getTaskId()))
                .forEach(command -> lines.add("Command " + command));
        seen.repairs.results.stream()
                .filter(result -> tasks.contains(result.getTaskId()))
                .forEach(result -> lines.add("Result " + result));
        Files.write(LogFolder.of(name), lines);
    }
}

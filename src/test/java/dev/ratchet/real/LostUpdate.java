package dev.ratchet.real;

import dev.ratchet.v1.RepairResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A lost update in Conductor's own rows: a task was terminal, and then it was not. Valid only where nothing is
 * reopened deliberately.
 *
 * @param first the first row that is not terminal
 * @param rise the next terminal row; empty if there is none yet
 */
record LostUpdate(Row first, Optional<Row> rise) {

    static List<LostUpdate> of(List<Row> rows) {
        Map<String, List<Row>> tasks = new HashMap<>();
        rows.forEach(row ->
                tasks.computeIfAbsent(row.taskId(), task -> new ArrayList<>()).add(row));
        List<LostUpdate> lostUpdates = new ArrayList<>();
        tasks.values().forEach(task -> addAll(task, lostUpdates));
        return lostUpdates;
    }

    private static void addAll(List<Row> task, List<LostUpdate> lostUpdates) {
        Row open = null;
        boolean ended = false;
        for (Row row : task) {
            if (ended && !row.status().isTerminal()) {
                open = row;
            } else if (open != null && row.status().isTerminal()) {
                lostUpdates.add(new LostUpdate(open, Optional.of(row)));
                open = null;
            }
            ended = row.status().isTerminal();
        }
        if (open != null) {
            lostUpdates.add(new LostUpdate(open, Optional.empty()));
        }
    }

    String taskId() {
        return first.taskId();
    }

    /** Whether a repair belongs to this one: it was open at the log position in the command. */
    boolean isMeantBy(RepairResult result) {
        return result.getTaskId().equals(taskId())
                && result.getHeardSequence() >= first.sequence()
                && rise.filter(row -> row.sequence() <= result.getHeardSequence())
                        .isEmpty();
    }

    /** How long Conductor had the wrong status. */
    Duration lasted() {
        return Duration.ofMillis(rise.orElseThrow().writtenAt() - first.writtenAt());
    }
}

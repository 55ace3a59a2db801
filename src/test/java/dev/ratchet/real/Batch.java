package dev.ratchet.real;

import dev.ratchet.task.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;

/** Some workflow executions, observed until nothing changes any more. */
final class Batch {
    /** Longer than Conductor takes to check a workflow by itself and to requeue lost tasks. */
    private static final Duration REST = Duration.ofSeconds(45);

    /** Longer than any update takes to reach the database, so that late updates of an ended workflow have arrived. */
    static final Duration ENDED = Duration.ofSeconds(2);

    private static final Duration TIMEOUT = Duration.ofMinutes(8);

    final List<String> ids;
    private final Workflows workflows;

    private Batch(Workflows workflows, List<String> ids) {
        this.workflows = workflows;
        this.ids = List.copyOf(ids);
    }

    static Batch start(Workflows workflows, String name, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(workflows.start(name));
        }
        return new Batch(workflows, ids);
    }

    /** Executions that are already started. */
    static Batch of(Workflows workflows, List<String> ids) {
        return new Batch(workflows, ids);
    }

    /**
     * Until each has ended and what was late has come, or no task's status has changed for longer than Conductor leaves
     * a workflow alone.
     */
    void awaitRest(CapturedTopic captured) {
        Set<String> open = new HashSet<>(ids);
        QuietPeriod<Map<String, TaskStatus>> stillness = new QuietPeriod<>();
        Awaitility.await("workflows to end, or to hang")
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    open.removeIf(id -> !workflows.status(id).equals("RUNNING"));
                    return stillness.lasts(open.isEmpty() ? ENDED : REST, statuses(captured));
                });
    }

    /** Waits until Debezium has captured everything that Conductor holds of them. */
    void awaitCaptured(CapturedTopic captured) {
        Awaitility.await("all to be captured").atMost(TIMEOUT).until(() -> {
            Map<String, TaskStatus> told = statuses(captured);
            return ids.stream()
                    .flatMap(id -> workflows.tasks(id).stream())
                    .allMatch(task -> TaskStatus.valueOf(task.get("status").asText())
                            == told.get(task.get("taskId").asText()));
        });
    }

    /** {@return executions that never end} */
    List<String> hung() {
        return ids.stream().filter(id -> workflows.status(id).equals("RUNNING")).toList();
    }

    private Map<String, TaskStatus> statuses(CapturedTopic captured) {
        Map<String, TaskStatus> last = new HashMap<>();
        captured.rows(ids).forEach(row -> last.put(row.taskId(), row.status()));
        return last;
    }
}

package dev.ratchet.query;

import dev.ratchet.stream.runtime.TaskQueries;
import dev.ratchet.stream.state.OpenAlert;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.AlertKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** What an instance knows, for tests; all of it can be changed. */
final class FakeQueries implements TaskQueries {
    volatile Answer<Optional<TrackedTask>> answer = new Here<>(Optional.empty());
    private final AtomicInteger asked = new AtomicInteger();
    volatile Map<String, Set<Integer>> others = Map.of();
    volatile int partitions = 1;

    /** By partition. */
    final Map<Integer, List<OpenAlert>> alerts = new ConcurrentHashMap<>();

    /** {@return how often it was asked for a task} */
    int asked() {
        return asked.get();
    }

    @Override
    public Answer<Optional<TrackedTask>> find(String taskId) {
        asked.incrementAndGet();
        return answer;
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public Map<String, Set<Integer>> others() {
        return others;
    }

    @Override
    public boolean visitOpenAlerts(int partition, Optional<AlertKind> kind, Predicate<OpenAlert> visitor) {
        List<OpenAlert> here = alerts.get(partition);
        if (here == null) {
            return false;
        }
        for (OpenAlert alert : here) {
            if (kind.map(alert.kind()::equals).orElse(true) && !visitor.test(alert)) {
                return true;
            }
        }
        return true;
    }
}

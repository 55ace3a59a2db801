package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Workers that complete whatever they are given, one thread for each kind of task. */
final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final ScheduledExecutorService threads;
    private final List<ScheduledFuture<?>> polling;
    private final Map<String, Integer> completed = new ConcurrentHashMap<>();
    private final Rest rest;
    private final int heartbeats;

    private Workers(ConductorServer conductor, int heartbeats, List<String> names) {
        this.rest = new Rest(conductor.api());
        this.heartbeats = heartbeats;
        this.threads = Executors.newScheduledThreadPool(names.size());
        this.polling = List.copyOf(names.stream()
                .map(name -> threads.scheduleWithFixedDelay(() -> work(name), 0, 10, TimeUnit.MILLISECONDS))
                .toList());
    }

    /** @param heartbeats how often each says that it is still at work before it is done */
    static Workers start(ConductorServer conductor, int heartbeats, String... names) {
        return new Workers(conductor, heartbeats, List.of(names));
    }

    /** How many of these are done. */
    int completed(String name) {
        return completed.getOrDefault(name, 0);
    }

    private void work(String name) {
        try {
            JsonNode task = rest.get("/tasks/poll/" + name + "?workerid=real");
            if (task.isObject()) {
                work(name, task);
            }
        } catch (UncheckedIOException e) {
            LOG.warn("Expected Conductor to take a worker's call, but it did not", e);
        }
    }

    private void work(String name, JsonNode task) {
        // A heartbeat puts the task back into its queue, from where it is polled again.
        String status = task.get("pollCount").asInt() <= heartbeats ? "IN_PROGRESS" : "COMPLETED";
        rest.post(
                "/tasks",
                Map.of(
                        "workflowInstanceId", task.get("workflowInstanceId").asText(),
                        "taskId", task.get("taskId").asText(),
                        "workerId", "real",
                        "status", status,
                        "outputData", Map.of("by", name)));
        if (status.equals("COMPLETED")) {
            completed.merge(name, 1, Integer::sum);
        }
    }

    @Override
    public void close() {
        polling.forEach(one -> one.cancel(false));
        threads.shutdown();
    }
}

package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Workers for tasks of certain names. What they have done they report until Conductor takes it, as its own clients do. */
final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    final ExecutionLog executed = new ExecutionLog();
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private final ExecutorService threads;
    private final Rest rest;

    private Workers(ConductorServer conductor, int threadsForEach, Map<String, TaskHandler> crafts) {
        rest = new Rest(conductor.api());
        threads = Executors.newFixedThreadPool(threadsForEach * crafts.size());
        crafts.forEach((name, craft) -> {
            for (int i = 0; i < threadsForEach; i++) {
                threads.execute(() -> workOn(name, craft));
            }
        });
    }

    /** @param heartbeats how often each says that it is still at work before it completes its task */
    static Workers start(ConductorServer conductor, int threadsForEach, int heartbeats, String... names) {
        TaskHandler craft = TaskHandler.completesAfter(heartbeats);
        return start(
                conductor,
                threadsForEach,
                Arrays.stream(names).collect(Collectors.toMap(Function.identity(), name -> craft)));
    }

    static Workers start(ConductorServer conductor, int threadsForEach, Map<String, TaskHandler> crafts) {
        return new Workers(conductor, threadsForEach, crafts);
    }

    private void workOn(String name, TaskHandler craft) {
        while (!threads.isShutdown()) {
            work(name, craft);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private void work(String name, TaskHandler craft) {
        gate.readLock().lock();
        try {
            JsonNode task = rest.get("/tasks/poll/" + name + "?workerid=real");
            if (task.isObject()) {
                craft.status(task).ifPresent(status -> report(task, name, status));
            }
        } catch (UncheckedIOException e) {
            LOG.warn("Expected Conductor to answer a worker's poll, but it did not: {}", e.toString());
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        } finally {
            gate.readLock().unlock();
        }
    }

    private void report(JsonNode task, String name, String status) {
        String taskId = task.get("taskId").asText();
        String workflowId = task.get("workflowInstanceId").asText();
        Map<String, String> output = Map.of("by", name + " of " + taskId);
        if (!status.equals("IN_PROGRESS")) {
            executed.add(new ExecutionLog.Done(taskId, workflowId, name, output));
        }
        rest.untilTaken(
                "/tasks",
                Map.of(
                        "workflowInstanceId", workflowId,
                        "taskId", taskId,
                        "workerId", "real",
                        "status", status,
                        "outputData", output));
    }

    /**
     * Lets them finish what they have taken, and take nothing more until the lock is given back, by the same thread. A task
     * that is given out while Conductor goes down is lost to its worker, which is another trouble than lost updates.
     */
    Lock pause() {
        gate.writeLock().lock();
        return gate.writeLock();
    }

    /** Lets them finish, but not for ever: Conductor may be gone. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            threads.shutdownNow();
        }
    }
}

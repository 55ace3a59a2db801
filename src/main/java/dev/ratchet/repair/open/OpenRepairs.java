package dev.ratchet.repair.open;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.worker.ResultPublisher;
import dev.ratchet.task.TaskState;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairResult;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Lists the tasks whose terminal status Conductor lost and that are not repaired yet, and requests retries. */
public final class OpenRepairs {
    private final Settings settings;
    private final SchemaRegistry registry;

    public OpenRepairs(Settings settings, SchemaRegistry registry) {
        this.settings = settings;
        this.registry = registry;
    }

    /**
     * Reads them from the stream's topics, up to the records committed at the start.
     *
     * @return sorted by task id
     * @throws TopicReadFailedException if a topic does not exist or cannot be read
     * @throws RegistryException if the registry does not answer
     */
    public List<OpenRepair> list() {
        Map<String, TaskState> diverging = new TreeMap<>();
        TaskStates.read(settings, (taskId, tracked) -> {
            if (tracked != null && tracked.task().diverges()) {
                diverging.put(taskId, tracked.task());
            } else {
                diverging.remove(taskId);
            }
        });
        Map<String, String> reasons = diverging.isEmpty() ? Map.of() : reasons(diverging);
        return diverging.values().stream()
                .map(task -> open(task, reason(task, reasons)))
                .toList();
    }

    /**
     * Requests retries, from the first attempt. Returns after the broker has acknowledged; the stream reads them when it runs.
     * @throws RegistryException if the registry does not answer, or refuses a schema
     */
    public void retry(Collection<OpenRepair> repairs) {
        try (ResultPublisher publisher = new ResultPublisher(settings, registry)) {
            for (OpenRepair repair : repairs) {
                publisher.retry(
                        repair.taskId(), repair.epoch(), Clock.systemUTC().instant());
            }
        }
    }

    /** Empty while this divergence has no result. */
    private static String reason(TaskState task, Map<String, String> reasons) {
        return switch (task.bookkeeping().repair().result()) {
            case NONE, PENDING -> "";
            case REPAIRED, ALREADY_CONSISTENT, NOT_REPAIRABLE, FAILED, DRY_RUN, GIVEN_UP, EXHAUSTED ->
                reasons.getOrDefault(task.task().taskId(), "");
        };
    }

    /** Reason of the last result of each task. */
    private Map<String, String> reasons(Map<String, TaskState> tasks) {
        Deserializer<RepairResult> results =
                new AvroSerdes(settings.serde(), registry).deserializer(RepairResult.class);
        Map<String, String> reasons = new HashMap<>();
        String topic = settings.topics().repairResults();
        TopicSnapshotReader.read(
                settings, topic, "set ratchet.conductor.url, then run 'ratchet topics apply'", record -> {
                    TaskState task = tasks.get(record.key());
                    if (task == null || record.value() == null) {
                        return;
                    }
                    try {
                        RepairResult result = results.deserialize(topic, record.value());
                        if (isOf(task, result)) {
                            reasons.put(record.key(), result.getReason());
                        }
                    } catch (RegistryException e) {
                        throw e;
                    } catch (SerializationException e) {
                        reasons.put(record.key(), "the last result cannot be read: " + e.getMessage());
                    }
                });
        return reasons;
    }

    private static boolean isOf(TaskState task, RepairResult result) {
        return result.getFinding() == null
                && result.getResult() != RepairOutcome.RETRY_REQUESTED
                && result.getEpoch() == task.epoch().number();
    }

    private static OpenRepair open(TaskState state, String reason) {
        return new OpenRepair(
                state.task().taskId(),
                state.task().workflowId(),
                state.task().referenceTaskName(),
                state.epoch().number(),
                state.current().status(),
                state.lastReported().observation().status(),
                Instant.ofEpochMilli(state.lastReported().observation().occurredAt()),
                state.bookkeeping().repair(),
                reason);
    }
}

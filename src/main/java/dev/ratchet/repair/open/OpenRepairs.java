package dev.ratchet.repair.open;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.worker.ResultPublisher;
import dev.ratchet.state.StoreSerdes;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairResult;
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
    /** Kafka Streams appends this to the application id. */
    private static final String STORE_CHANGELOG = "-task-states-changelog";

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
        String topic = settings.application().id() + STORE_CHANGELOG;
        String hint = "has 'ratchet run' ever run with ratchet.application.id="
                + settings.application().id() + "?";
        Deserializer<TrackedTask> states = StoreSerdes.tracked().deserializer();
        TopicSnapshotReader.read(settings, topic, hint, record -> {
            TrackedTask tracked = record.value() == null ? null : states.deserialize(topic, record.value());
            if (tracked != null && tracked.task().diverges()) {
                diverging.put(record.key(), tracked.task());
            } else {
                diverging.remove(record.key()); // removed, or it agrees by now
            }
        });
        Map<String, String> reasons = diverging.isEmpty() ? Map.of() : reasons(diverging);
        return diverging.values().stream()
                .map(task -> new OpenRepair(task, reason(task, reasons)))
                .toList();
    }

    /**
     * Requests retries, from the first attempt. Returns after the broker has acknowledged; the stream reads them when it runs.
     * @throws RegistryException if the registry does not answer, or refuses a schema
     */
    public void retry(Collection<OpenRepair> repairs) {
        try (ResultPublisher publisher = new ResultPublisher(settings, registry)) {
            for (OpenRepair repair : repairs) {
                publisher.retry(repair.taskId(), repair.task().epoch().number(), Instant.now());
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
}

package dev.ratchet.repair.open;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.worker.ResultPublisher;
import dev.ratchet.state.StoreSerdes;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicReader;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Lists the tasks whose terminal status Conductor lost and that are not repaired yet, and requests retries. */
public final class OpenRepairs {
    /** Kafka Streams appends this to the application id. */
    private static final String STORE_CHANGELOG = "-task-states-changelog";

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

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
     * @throws dev.ratchet.topics.BrokerUnavailableException if no broker answers
     * @throws RegistryException if the registry does not answer
     */
    public List<OpenRepair> list() {
        Map<String, TaskState> diverging = new TreeMap<>();
        String topic = settings.application().id() + STORE_CHANGELOG;
        String hint = "has 'ratchet run' ever run with ratchet.application.id="
                + settings.application().id() + "?";
        Deserializer<TrackedTask> states = StoreSerdes.tracked().deserializer();
        read(topic, hint, (taskId, value) -> {
            TrackedTask tracked = value == null ? null : states.deserialize(topic, value);
            if (tracked != null && tracked.task().diverges()) {
                diverging.put(taskId, tracked.task());
            } else {
                diverging.remove(taskId); // removed, or it agrees by now
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
        read(topic, "set ratchet.conductor.url, then run 'ratchet topics apply'", (taskId, value) -> {
            TaskState task = tasks.get(taskId);
            if (task == null || value == null) {
                return;
            }
            try {
                RepairResult result = results.deserialize(topic, value);
                if (isOf(task, result)) {
                    reasons.put(taskId, result.getReason());
                }
            } catch (RegistryException e) {
                throw e;
            } catch (SerializationException e) {
                reasons.put(taskId, "the last result cannot be read: " + e.getMessage());
            }
        });
        return reasons;
    }

    /** @param hint what to check if the topic does not exist */
    private void read(String topic, String hint, BiConsumer<String, byte @Nullable []> action) {
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            if (admin.partitions(topic).isEmpty()) {
                throw new TopicReadFailedException(
                        "Expected topic %s to exist, but it does not: %s".formatted(topic, hint), null);
            }
        }
        try {
            TopicReader.find(settings.kafka(), topic, Long.MAX_VALUE, READ_TIMEOUT, record -> {
                if (record.key() != null) { // without one, it is about no task
                    action.accept(new String(record.key(), StandardCharsets.UTF_8), record.value());
                }
                return false;
            });
        } catch (KafkaException e) {
            throw new TopicReadFailedException(
                    "Expected to read topic %s, but: %s".formatted(topic, e.getMessage()), e);
        }
    }

    private static boolean isOf(TaskState task, RepairResult result) {
        return result.getFinding() == null
                && result.getResult() != RepairOutcome.RETRY_REQUESTED
                && result.getEpoch() == task.epoch().number();
    }
}

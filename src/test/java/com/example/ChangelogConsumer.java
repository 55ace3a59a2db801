package com.example;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Keeps the current status of each task, and how each of its epochs ended. */
public final class ChangelogConsumer implements AutoCloseable {
    /** Tables of a database in a real service: keys are the task id, and the task id with the epoch. */
    final Map<String, TaskStatusChange> tasks = new ConcurrentHashMap<>();

    final Map<String, TaskStatus> ends = new ConcurrentHashMap<>();

    private final Consumer<String, TaskStatusChange> consumer;
    private volatile boolean closing;

    ChangelogConsumer(Consumer<String, TaskStatusChange> consumer) {
        this.consumer = consumer;
    }

    static ChangelogConsumer connect(String bootstrapServers, String registryUrl) {
        AvroDeserializer<TaskStatusChange> changes = new AvroDeserializer<>(TaskStatusChange.class);
        changes.configure(Map.of("schema.registry.url", registryUrl), false);
        Map<String, Object> config = Map.of(
                "bootstrap.servers", bootstrapServers,
                "group.id", "my-service",
                "isolation.level", "read_committed", // the default also reads aborted transactions
                "auto.offset.reset", "earliest", // the first time, read the current status of all tasks
                "enable.auto.commit", false);
        return new ChangelogConsumer(new KafkaConsumer<>(config, new StringDeserializer(), changes));
    }

    /** Runs until {@link #close}. After a failure, start the process again: it continues at the last commit. */
    void run() {
        try (consumer) {
            consumer.subscribe(List.of("task-status-changelog"));
            while (!closing) {
                for (ConsumerRecord<String, TaskStatusChange> change : consumer.poll(Duration.ofSeconds(1))) {
                    apply(change.key(), change.value());
                }
                consumer.commitSync(); // after the work: a failure before it repeats changes, and loses none
            }
        }
    }

    private void apply(String taskId, TaskStatusChange change) {
        if (change == null) { // a tombstone: Ratchet has deleted the task, some days after its end
            tasks.remove(taskId);
            return;
        }
        TaskStatusChange known = tasks.get(taskId);
        if (known != null && change.getRevision() <= known.getRevision()) {
            return; // applied before the failure
        }
        String epoch = taskId + "/" + change.getEpoch(); // a rerun of the task is another epoch, with another end
        if (change.getTerminal()) {
            ends.put(epoch, change.getStatus()); // also a correction, which replaces the end of the same epoch
        } else if (change.getCorrection()) {
            ends.remove(epoch); // the epoch has not ended, in spite of what the superseded change said
        }
        tasks.put(taskId, change);
        System.out.printf("%s %s revision=%d%n", taskId, change.getStatus(), change.getRevision());
    }

    @Override
    public void close() {
        closing = true;
    }

    public static void main(String[] args) {
        try (ChangelogConsumer consumer = connect(args[0], args[1])) {
            consumer.run();
        }
    }
}

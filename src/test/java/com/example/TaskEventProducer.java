package com.example;

import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusEvent;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Reports the status of the service's own tasks to Ratchet. */
public final class TaskEventProducer implements AutoCloseable {
    private final KafkaProducer<String, TaskStatusEvent> producer;

    public TaskEventProducer(String bootstrapServers, String registryUrl) {
        AvroSerializer<TaskStatusEvent> events = new AvroSerializer<>(TaskStatusEvent.class);
        events.configure(
                Map.of(
                        "schema.registry.url", registryUrl,
                        "auto.register.schemas", false, // `ratchet schemas register` does that, with the right level
                        "avro.remove.java.properties", true), // look up the schema as it is in schemas/
                false);
        Map<String, Object> config =
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "enable.idempotence", true);
        producer = new KafkaProducer<>(config, new StringSerializer(), events);
    }

    /**
     * Sends one report. If the result is an error, send the same again, with the same version: Ratchet counts it once.
     *
     * @param version of the task's row; grows with each write of the task, such as a version column
     * @param at when the task got the status
     */
    public Future<RecordMetadata> report(
            String taskId, String workflowId, String taskType, TaskStatus status, long version, Instant at) {
        TaskStatusEvent event = TaskStatusEvent.newBuilder()
                .setTaskId(taskId)
                .setWorkflowId(workflowId)
                .setTaskType(taskType)
                .setReferenceTaskName(taskType)
                .setStatus(status)
                .setSequence(version)
                .setOccurredAt(at)
                .setSource(TaskSource.NATIVE)
                .build();
        return producer.send(new ProducerRecord<>("task-status-events", taskId, event));
    }

    /** Waits until Kafka has everything, or has refused it. */
    @Override
    public void close() {
        producer.close();
    }
}

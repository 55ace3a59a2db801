package dev.ratchet.repair.worker;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.avro.PayloadRecords;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.AuditResult;
import dev.ratchet.repair.RepairResult;
import dev.ratchet.v1.RepairCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Publishes the results of repairs and audits. Every method returns after the broker has acknowledged. Not thread-safe. */
public final class ResultPublisher implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final String topic;
    private final Serializer<dev.ratchet.v1.RepairResult> bytes;
    private final Producer<String, byte[]> producer;

    /** @throws dev.ratchet.registry.RegistryException if the registry does not answer, or refuses a schema */
    public ResultPublisher(Settings settings, SchemaRegistry registry) {
        topic = settings.topics().repairResults();
        bytes = new AvroSerdes(settings.serde(), registry).serializer(dev.ratchet.v1.RepairResult.class);
        AvroSerdes.prepare(bytes, topic);
        producer = WorkerKafkaClients.producer(settings);
    }

    public ResultPublisher(
            String topic, Serializer<dev.ratchet.v1.RepairResult> bytes, Producer<String, byte[]> producer) {
        this.topic = topic;
        this.bytes = bytes;
        this.producer = producer;
    }

    void result(RepairCommand command, RepairResult result, Instant now) {
        send(RepairResultMapper.result(command, result, now));
    }

    /** Publishes the result of an audit, without the task's output if it is too large for the topic. */
    public void audit(AuditResult audit, Instant now) {
        dev.ratchet.v1.RepairResult result = RepairResultMapper.audit(audit, now);
        try {
            send(result);
        } catch (RecordTooLargeException e) {
            if (result.getEvent() == null) {
                throw e;
            }
            PayloadRecords.removeOutput(result.getEvent());
            send(result);
        }
    }

    /** Requests a retry of a task's repair. */
    public void retry(String taskId, int epoch, Instant now) {
        send(RepairResultMapper.retry(taskId, epoch, now));
    }

    /**
     * Requests an audit of all tasks of each partition.
     *
     * @param requestId a new one
     * @param endedToo also of tasks that have ended
     */
    public void fullAudit(int partitions, String requestId, boolean endedToo, Instant now) {
        for (int partition = 0; partition < partitions; partition++) {
            send(partition, RepairResultMapper.fullAudit(requestId, endedToo, now));
        }
    }

    private void send(dev.ratchet.v1.RepairResult result) {
        send(null, result);
    }

    /** @param partition null: that of the task */
    private void send(@Nullable Integer partition, dev.ratchet.v1.RepairResult result) {
        try {
            producer.send(new ProducerRecord<>(topic, partition, result.getTaskId(), bytes.serialize(topic, result)))
                    .get();
        } catch (InterruptedException e) {
            throw new InterruptException(e); // which interrupts the thread again
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}

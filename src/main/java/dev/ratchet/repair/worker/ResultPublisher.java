package dev.ratchet.repair.worker;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.avro.PayloadRecords;
import dev.ratchet.avro.RepairRecords;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.AuditRequest;
import dev.ratchet.repair.AuditResult;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.trace.TraceHeaders;
import dev.ratchet.v1.AuditFinding;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskStatusEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Publishes the results of repairs and audits. Every method returns after the broker has acknowledged. Not thread-safe. */
public final class ResultPublisher implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final String topic;
    private final Serializer<RepairResult> bytes;
    private final Producer<String, byte[]> producer;

    /** @throws dev.ratchet.registry.RegistryException if the registry does not answer, or refuses a schema */
    public ResultPublisher(Settings settings, SchemaRegistry registry) {
        topic = settings.topics().repairResults();
        bytes = new AvroSerdes(settings.serde(), registry).serializer(RepairResult.class);
        AvroSerdes.prepare(bytes, topic);
        producer = WorkerKafkaClients.producer(settings);
    }

    public ResultPublisher(String topic, Serializer<RepairResult> bytes, Producer<String, byte[]> producer) {
        this.topic = topic;
        this.bytes = bytes;
        this.producer = producer;
    }

    Map<MetricName, ? extends Metric> kafkaMetrics() {
        return producer.metrics();
    }

    void result(RepairCommand command, dev.ratchet.repair.RepairResult result, Headers trace, Instant now) {
        RepairOutcome outcome = RepairOutcome.valueOf(result.outcome().name());
        RepairResult out = record(command.getTaskId(), command.getEpoch(), outcome, result.reason(), now);
        out.setCommandId(command.getCommandId());
        out.setHeardSequence(command.getHeardSequence());
        out.setAttempt(command.getAttempt());
        setObserved(out, result.observed());
        out.setSecondExecutionPossible(result.secondExecutionPossible());
        send(null, out, trace);
    }

    /** Publishes the result of an audit, without the task's output if it is too large for the topic. */
    void audit(AuditResult audit, Headers trace, Instant now) {
        AuditRequest asked = audit.asked();
        String reason =
                audit.row().map(row -> "Conductor holds " + row.status()).orElse("Conductor knows no task of that id");
        RepairResult out = record(asked.taskId(), asked.epoch(), RepairOutcome.AUDITED, reason, now);
        out.setCommandId(
                RepairRecords.commandId(asked.taskId(), asked.epoch(), asked.lastReportedSequence(), asked.attempt()));
        out.setHeardSequence(asked.lastReportedSequence());
        out.setAttempt(asked.attempt());
        setObserved(out, audit.row().flatMap(ConductorTask::knownStatus));
        out.setFinding(AuditFinding.valueOf(audit.finding().name()));
        TaskStatusEvent event = audit.event()
                .map(found -> event(found, audit.row().orElseThrow()))
                .orElse(null);
        out.setEvent(event);
        try {
            send(null, out, trace);
        } catch (RecordTooLargeException e) {
            if (event == null) {
                throw e;
            }
            PayloadRecords.removeOutput(event);
            send(null, out, trace);
        }
    }

    /** Requests a retry of a task's repair. */
    public void retry(String taskId, int epoch, Instant now) {
        send(
                null,
                request(taskId, epoch, RepairOutcome.RETRY_REQUESTED, "ratchet repairs retry", now),
                TraceHeaders.NONE);
    }

    /**
     * Requests an audit of all tasks of each partition.
     *
     * @param requestId a new one
     * @param endedToo also of tasks that have ended
     */
    public void fullAudit(int partitions, String requestId, boolean endedToo, Instant now) {
        RepairOutcome request = endedToo ? RepairOutcome.FULL_AUDIT_REQUESTED : RepairOutcome.AUDIT_REQUESTED;
        requestFromAll(partitions, requestId, request, "ratchet audit", now);
    }

    /**
     * Requests that all tasks of each partition are published again.
     *
     * @param requestId a new one
     */
    public void republish(int partitions, String requestId, Instant now) {
        requestFromAll(partitions, requestId, RepairOutcome.REPUBLISH_REQUESTED, "ratchet republish", now);
    }

    private void requestFromAll(int partitions, String requestId, RepairOutcome request, String command, Instant now) {
        for (int partition = 0; partition < partitions; partition++) {
            RepairResult out = request("", 0, request, command, now);
            out.setCommandId(requestId);
            send(partition, out, TraceHeaders.NONE);
        }
    }

    private static RepairResult request(String taskId, int epoch, RepairOutcome outcome, String command, Instant now) {
        RepairResult out = record(taskId, epoch, outcome, "requested by '" + command + "'", now);
        out.setCommandId("");
        out.setHeardSequence(-1);
        return out;
    }

    private static RepairResult record(String taskId, int epoch, RepairOutcome outcome, String reason, Instant now) {
        RepairResult out = new RepairResult();
        out.setTaskId(taskId);
        out.setEpoch(epoch);
        out.setResult(outcome);
        out.setReason(reason);
        out.setFinishedAt(now);
        return out;
    }

    private static void setObserved(RepairResult out, Optional<TaskStatus> observed) {
        observed.ifPresent(status -> out.setObservedStatus(dev.ratchet.v1.TaskStatus.valueOf(status.name())));
    }

    /** With the payload that a repair needs if the task has ended. */
    private static TaskStatusEvent event(StatusEvent event, ConductorTask row) {
        TaskStatusEvent out = TaskRecords.event(event);
        out.setUpdateTime(TaskRecords.instant(row.updateTime()));
        if (event.status().isTerminal()) {
            PayloadRecords.addTo(out, row.payload());
        }
        return out;
    }

    /** @param partition null: that of the task */
    private void send(@Nullable Integer partition, RepairResult result, Headers headers) {
        byte[] value = bytes.serialize(topic, result);
        try {
            producer.send(new ProducerRecord<>(topic, partition, result.getTaskId(), value, headers))
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

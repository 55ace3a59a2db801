package dev.ratchet.repairer;

import dev.ratchet.config.Settings;
import dev.ratchet.repair.AuditResult;
import dev.ratchet.repair.RepairResult;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.TaskStatusEvent;
import dev.ratchet.wire.AvroSerdes;
import dev.ratchet.wire.SchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.Serializer;

/** Writes what came of repairs and audits. Every method returns once Kafka has it. For one thread. */
final class Publisher implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final String results;
    private final String events;
    private final Serializer<dev.ratchet.v1.RepairResult> resultBytes;
    private final Serializer<TaskStatusEvent> eventBytes;
    private final KafkaProducer<String, byte[]> producer;

    /** @throws dev.ratchet.wire.RegistryException if the registry does not answer, or refuses a schema */
    Publisher(Settings settings, SchemaRegistry registry) {
        results = settings.topics().repairResults();
        events = settings.topics().events();
        AvroSerdes serdes = new AvroSerdes(settings.serde(), registry);
        resultBytes = serdes.serializer(dev.ratchet.v1.RepairResult.class);
        eventBytes = serdes.serializer(TaskStatusEvent.class);
        AvroSerdes.prepare(resultBytes, results);
        AvroSerdes.prepare(eventBytes, events);
        producer = KafkaClients.producer(settings);
    }

    void result(RepairCommand command, RepairResult result, Instant now) {
        send(results, command.getTaskId(), resultBytes, Written.result(command, result, now));
    }

    /** Of a result with an event. One too large for the topic goes without the task's output. */
    void event(AuditResult audit) {
        TaskStatusEvent event = Written.event(audit);
        try {
            send(events, event.getTaskId(), eventBytes, event);
        } catch (RecordTooLargeException e) {
            event.setOutput(null);
            send(events, event.getTaskId(), eventBytes, event);
        }
    }

    private <T extends SpecificRecord> void send(String topic, String key, Serializer<T> bytes, T value) {
        try {
            producer.send(new ProducerRecord<>(topic, key, bytes.serialize(topic, value)))
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

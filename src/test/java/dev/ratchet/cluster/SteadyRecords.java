package dev.ratchet.cluster;

import dev.ratchet.Recordings.Recorded;
import dev.ratchet.config.Settings;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes about 2,000 CDC records per second until closed, so that the committed lag is never zero. */
public final class SteadyRecords implements AutoCloseable {
    private static final int TASKS = 100;

    private final Thread thread;
    private volatile boolean closed;

    private SteadyRecords(String bootstrapServers, Settings settings) {
        thread = new Thread(() -> run(bootstrapServers, settings.topics().cdc()), "steady-records");
    }

    public static SteadyRecords start(String bootstrapServers, Settings settings) {
        SteadyRecords load = new SteadyRecords(bootstrapServers, settings);
        load.thread.start();
        return load;
    }

    static Recorded record(String task, String status, long position) {
        return new Recorded(
                task,
                "{\"op\":\"u\",\"after\":{\"task_id\":\"%s\",\"json_data\":\"{\\\"status\\\":\\\"%s\\\"}\"},\"source\":{\"lsn\":%d,\"ts_ms\":%d}}"
                        .formatted(task, status, position, position));
    }

    private void run(String bootstrapServers, String topic) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (long sent = 1; !closed; sent++) {
                Recorded next = record("steady-" + sent % TASKS, "IN_PROGRESS", sent);
                var unused = producer.send(new ProducerRecord<>(topic, next.key(), next.value()));
                LockSupport.parkNanos(400_000);
            }
        }
    }

    public void requireAlive() {
        if (!thread.isAlive()) {
            throw new IllegalStateException("Expected records to be sent until now, but their thread has ended");
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

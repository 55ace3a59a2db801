package dev.ratchet.cluster;

import dev.ratchet.Recordings.Recorded;
import dev.ratchet.config.Settings;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes some hundred new tasks a second, which end at once, until closed. */
final class NewTasks implements AutoCloseable {
    private static final long PAUSE_NANOS = 5_000_000;

    private final Thread thread;
    private volatile boolean closed;

    private NewTasks(Settings settings) {
        thread = new Thread(() -> run(settings), "new-tasks");
    }

    static NewTasks start(Settings settings) {
        NewTasks tasks = new NewTasks(settings);
        tasks.thread.start();
        return tasks;
    }

    private void run(Settings settings) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.kafka().get("bootstrap.servers"), "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (long task = 0; !closed; task++) {
                for (String status : new String[] {"SCHEDULED", "COMPLETED"}) {
                    Recorded next = SteadyRecords.record("new-" + task, status, status.length() + 10 * task);
                    var unused =
                            producer.send(new ProducerRecord<>(settings.topics().cdc(), next.key(), next.value()));
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    boolean isAlive() {
        return thread.isAlive();
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

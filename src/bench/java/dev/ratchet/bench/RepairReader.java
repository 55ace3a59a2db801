package dev.ratchet.bench;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairPurpose;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads repair commands once they are committed, and tells how long each took since its task's end was lost. */
final class RepairReader implements AutoCloseable {
    /**
     * The first command of a task.
     *
     * @param lostAt when the task's end was lost, ms
     * @param took from then until the command was read, ms
     */
    record Issued(long lostAt, long took) {}

    private final Cluster cluster;
    private final String topic;
    private final Map<String, Long> lost;
    private final Queue<Issued> issued = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "repair-reader");
    private volatile boolean closed;

    private RepairReader(Cluster cluster, String topic, Map<String, Long> lost) {
        this.cluster = cluster;
        this.topic = topic;
        this.lost = lost;
    }

    /** @param lost when each task lost its end; those that are repaired are taken out */
    static RepairReader start(Cluster cluster, String topic, Map<String, Long> lost) {
        RepairReader reader = new RepairReader(cluster, topic, lost);
        reader.thread.start();
        return reader;
    }

    Queue<Issued> issued() {
        if (failure.get() != null) {
            throw new IllegalStateException("Expected to read repair commands, but got", failure.get());
        }
        return issued;
    }

    private void run() {
        SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", cluster.registryUrl()));
        try (KafkaConsumer<String, RepairCommand> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", cluster.address(),
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new AvroDeserializer<>(RepairCommand.class, registry))) {
            consumer.assign(consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList());
            while (!closed) {
                for (ConsumerRecord<String, RepairCommand> read : consumer.poll(Duration.ofMillis(100))) {
                    Long lostAt = read.value().getPurpose() == RepairPurpose.REPAIR ? lost.remove(read.key()) : null;
                    if (lostAt != null) {
                        issued.add(new Issued(lostAt, System.currentTimeMillis() - lostAt));
                    }
                }
            }
        } catch (RuntimeException | Error failed) {
            failure.set(failed);
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

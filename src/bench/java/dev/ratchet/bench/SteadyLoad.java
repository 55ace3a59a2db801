package dev.ratchet.bench;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.v1.TaskStatusChange;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** So many events a second, and how long each takes to come out. All times are this process's own. */
final class SteadyLoad {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final NativeEvents events;
    private final String changelog;

    SteadyLoad(Cluster cluster, NativeEvents events, String changelog) {
        this.cluster = cluster;
        this.events = events;
        this.changelog = changelog;
    }

    /**
     * What changes were read.
     *
     * @param latencies ms from the event's time until each was read, committed
     * @param longestPause for so long none at all came, ms
     */
    record Result(Latencies latencies, long longestPause) {}

    /**
     * Goes on for half as long again as it measures, so that the JVMs are warm.
     *
     * @param firstTask a number above all tasks there are
     */
    Result run(int rate, int firstTask, int atOnce, int seconds) throws Exception {
        long begun = System.currentTimeMillis();
        long measured = begun + 500L * seconds;
        long end = measured + 1_000L * seconds;
        AtomicLong sent = new AtomicLong(Long.MAX_VALUE);
        CompletableFuture<Result> reading = CompletableFuture.supplyAsync(() -> read(begun, measured, sent));
        sent.set(send(rate, firstTask, atOnce, begun, end));
        return reading.get();
    }

    private long send(int rate, int firstTask, int atOnce, long begun, long end) {
        Workload workload = Workload.ordered(Integer.MAX_VALUE - firstTask, atOnce);
        long sent = 0;
        try (Sending sending = new Sending(Map.of("bootstrap.servers", cluster.address(), "linger.ms", 0))) {
            for (long now = begun; now < end; now = System.currentTimeMillis()) {
                for (long due = rate * (now - begun) / 1_000; sent < due; sent++) {
                    Workload.Step step = workload.next().after(firstTask);
                    sending.send(events.topic(), step.task(), events.value(step, begun, now));
                }
                LockSupport.parkNanos(1_000_000);
            }
        }
        return sent;
    }

    /** The event time of each is when it was sent. */
    private Result read(long begun, long measured, AtomicLong sent) {
        Latencies latencies = new Latencies();
        SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", cluster.registryUrl()));
        AvroDeserializer<TaskStatusChange> changes = new AvroDeserializer<>(TaskStatusChange.class, registry);
        try (KafkaConsumer<String, TaskStatusChange> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", cluster.address(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                changes)) {
            consumer.assign(consumer.partitionsFor(changelog).stream()
                    .map(partition -> new TopicPartition(changelog, partition.partition()))
                    .toList());
            consumer.seekToEnd(consumer.assignment());
            consumer.assignment().forEach(consumer::position);
            long lastReported = System.nanoTime();
            long longestPause = 0;
            for (long read = 0; read < sent.get(); ) {
                if (System.nanoTime() - lastReported > PATIENCE.toNanos()) {
                    throw new IllegalStateException(
                            "Expected %,d changes, but after %,d no more came".formatted(sent.get(), read));
                }
                for (ConsumerRecord<String, TaskStatusChange> record : consumer.poll(Duration.ofMillis(100))) {
                    long occurred = record.value().getOccurredAt().toEpochMilli();
                    if (occurred >= begun) {
                        if (occurred >= measured) {
                            longestPause = Math.max(longestPause, System.nanoTime() - lastReported);
                        }
                        lastReported = System.nanoTime();
                        read++;
                    }
                    if (occurred >= measured) {
                        latencies.add(System.currentTimeMillis() - occurred);
                    }
                }
            }
            return new Result(latencies, longestPause / 1_000_000);
        }
    }
}

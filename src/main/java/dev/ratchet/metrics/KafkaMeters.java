package dev.ratchet.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Publishes metrics of Kafka Streams and of Kafka's clients under Micrometer's names, those of {@link
 * PublishedKafkaMetrics} only. A value is read when it is scraped. Every 10 seconds the list of metrics is read again: then
 * those of a lost partition or an ended thread disappear, and those of new ones appear.
 */
public final class KafkaMeters implements AutoCloseable {
    private static final Duration REFRESH = Duration.ofSeconds(10);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final MeterRegistry registry;
    private final List<KafkaClientMetrics> binders = new ArrayList<>();
    private final Duration refresh;
    private final ScheduledExecutorService refresher;

    public KafkaMeters(MeterRegistry registry) {
        this(registry, REFRESH);
    }

    KafkaMeters(MeterRegistry registry, Duration refresh) {
        this.registry = registry;
        this.refresh = refresh;
        this.refresher = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "kafka-metrics");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Adds the metrics of one client or stream.
     *
     * @param metrics all that it has now; called by several threads, and also after the client was closed
     */
    public synchronized void add(Supplier<Map<MetricName, ? extends Metric>> metrics) {
        KafkaClientMetrics binder = new KafkaClientMetrics(
                client(() -> PublishedKafkaMetrics.of(metrics.get())), List.of(), refresher, refresh);
        binders.add(binder);
        binder.bindTo(registry);
    }

    /**
     * Stands for the client towards Micrometer, which would read the value of each metric that its client has, even if a
     * filter drops the meter. That must not happen to the values of RocksDB: if a rebalance closes the store at the same
     * time, the process crashes (KAFKA-10025).
     */
    private static Consumer<?, ?> client(Supplier<Map<MetricName, Metric>> metrics) {
        return (Consumer<?, ?>) Proxy.newProxyInstance(
                KafkaMeters.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("metrics")) {
                        return metrics.get();
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Removes all of them from the registry. */
    @Override
    public synchronized void close() {
        refresher.shutdownNow();
        try {
            // A refresh that still runs would add them again.
            refresher.awaitTermination(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        binders.forEach(KafkaClientMetrics::close);
        binders.clear();
    }
}

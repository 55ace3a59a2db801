package dev.ratchet.cluster;

import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams.State;

/** One instance in this process, with access to its metrics. */
final class Instance implements AutoCloseable {
    private static final String CLIENT_ID = "client.id";

    private final ReadableEventCounters counters = new ReadableEventCounters();
    private final RatchetStream stream;
    private final String clientId;

    private Instance(Settings settings, SchemaRegistry registry) {
        this.clientId = (String) settings.kafka().get(CLIENT_ID);
        this.stream = StreamFactory.of(settings, registry, counters);
    }

    /** @param settings with its own client id and metrics */
    static Instance start(Settings settings, SchemaRegistry registry) {
        Instance instance = new Instance(settings, registry);
        instance.stream.start();
        return instance;
    }

    /** Settings that an instance needs for its metrics. */
    static Map<String, String> measured(String clientId) {
        return Map.of(
                "kafka." + CLIENT_ID,
                clientId,
                "kafka.metric.reporters",
                StreamMetrics.class.getName(),
                "kafka.metrics.recording.level",
                "DEBUG");
    }

    /** Number of records processed; each counts once unless something failed. */
    long read() {
        return counters.read();
    }

    /** Whether it runs with its assigned tasks and their state. */
    boolean isAtWork() {
        return stream.state() == State.RUNNING && inputs() > 0;
    }

    /** {@return the number of input partitions it currently reads} */
    int inputs() {
        return (int) StreamMetrics.now(clientId, "assigned-partitions");
    }

    /** {@return the number of rebalances since it started} */
    int rebalances() {
        return (int) StreamMetrics.total(clientId, "rebalance-total");
    }

    /** {@return the number of records restored from store changelogs for active tasks} */
    long restored() {
        return (long) StreamMetrics.total(clientId, "restore-total");
    }

    /**
     * Whether it restored any record from store changelogs within the window of the metrics. Includes wiped tasks, whose own
     * count {@link #restored} is gone with them.
     */
    boolean hasRestored() {
        return StreamMetrics.now(clientId, "restore-records-rate") > 0;
    }

    /** {@return the number of records restored by its standby tasks, by partition} */
    Map<Integer, Double> standby() {
        return StreamMetrics.byPartition(clientId, "update-total");
    }

    @Override
    public void close() {
        stream.close();
    }
}

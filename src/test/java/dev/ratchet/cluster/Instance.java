package dev.ratchet.cluster;

import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams.State;

/** One instance in this process, which can be looked into. */
final class Instance implements AutoCloseable {
    private static final String CLIENT_ID = "client.id";

    private final EventCounters counters = new EventCounters();
    private final RatchetStream stream;
    private final String clientId;

    private Instance(Settings settings, SchemaRegistry registry) {
        this.clientId = (String) settings.kafka().get(CLIENT_ID);
        this.stream = StreamFactory.of(settings, registry, counters);
    }

    /** @param settings with a client id of its own, and measured */
    static Instance start(Settings settings, SchemaRegistry registry) {
        Instance instance = new Instance(settings, registry);
        instance.stream.start();
        return instance;
    }

    /** Settings that an instance needs to be looked into. */
    static Map<String, String> measured(String clientId) {
        return Map.of(
                "kafka." + CLIENT_ID,
                clientId,
                "kafka.metric.reporters",
                StreamMetrics.class.getName(),
                "kafka.metrics.recording.level",
                "DEBUG");
    }

    /** Records processed, each once, unless something failed. */
    long read() {
        return counters.read();
    }

    /** Whether it has its share of the work, and the state for it. */
    boolean isAtWork() {
        return stream.state() == State.RUNNING && inputs() > 0;
    }

    /** {@return how many partitions of the input topics it reads now} */
    int inputs() {
        return (int) StreamMetrics.now(clientId, "assigned-partitions");
    }

    /** {@return how often its group has shared out the work since it started} */
    int rebalances() {
        return (int) StreamMetrics.total(clientId, "rebalance-total");
    }

    /** {@return records read back from store changelogs before it could go on with a task} */
    long restored() {
        return (long) StreamMetrics.total(clientId, "restore-total");
    }

    /**
     * Whether it has read back any record from store changelogs, within the time of the metrics' window. Tells it of tasks
     * that were wiped, too, whose own count {@link #restored} is gone with them.
     */
    boolean hasRestored() {
        return StreamMetrics.now(clientId, "restore-records-rate") > 0;
    }

    /** {@return records that its standby tasks have taken over from another, by partition} */
    Map<Integer, Double> standby() {
        return StreamMetrics.byPartition(clientId, "update-total");
    }

    @Override
    public void close() {
        stream.close();
    }
}

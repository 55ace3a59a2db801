package dev.ratchet.stream.runtime;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.RegistryRefusedException;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.schemas.SchemaAdmin;
import dev.ratchet.schemas.SchemaPlan;
import dev.ratchet.stream.StreamTopics;
import dev.ratchet.stream.deferred.WrongRegistryException;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.state.RocksDBNativeLibrary;
import dev.ratchet.stream.topology.ProcessorDependencies;
import dev.ratchet.stream.topology.RatchetTopology;
import dev.ratchet.stream.topology.TopologyInputs;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicCheck;
import dev.ratchet.topics.TopicFinding;
import dev.ratchet.topics.TopicPlan;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the stream from the settings, the topics and the registry. */
public final class StreamFactory {
    private static final Logger LOG = LoggerFactory.getLogger(StreamFactory.class);

    private StreamFactory() {}

    /**
     * Creates a stream that is ready to start. Waits up to {@code ratchet.start.timeout} for missing services and
     * topics.
     *
     * @param registry the configured registry
     * @param counters counts all records read
     * @param onWait takes what the start waits for, and what to do, once for each try
     * @throws IllegalStateException if RocksDB, which holds the state, cannot be loaded, or if the whole history would be
     *     published again to a changelog in use
     * @throws TopicsNotReadyException if a topic is still missing or wrong
     * @throws PartitionsChangedException if the state has another number of partitions
     * @throws dev.ratchet.topics.BrokerUnavailableException if still no broker answers
     * @throws dev.ratchet.registry.RegistryException if the registry still does not answer, or rejects a schema
     * @throws WrongRegistryException if it is not the registry that the changelog was written with
     */
    public static RatchetStream of(
            Settings settings, SchemaRegistry registry, EventCounters counters, Consumer<String> onWait) {
        RocksDBNativeLibrary.load(settings.application().stateDirectory());
        StartupWait wait = new StartupWait(settings.application().startTimeout(), onWait);
        TopologyInputs found = wait.await(() -> inputs(settings));
        PartitionCountMonitor partitionCounts = new PartitionCountMonitor(settings, found.partitions());
        TopologyInputs inputs =
                new TopologyInputs(found.partitions(), found.maxDeadLetterBytes(), partitionCounts::verify);
        ProcessorDependencies shared = new ProcessorDependencies(counters);
        RatchetTopology topology = new RatchetTopology(settings, inputs, registry, shared);
        wait.await(() -> {
            topology.checkRegistry();
            registerSchemas(settings);
            topology.registerSchemas();
            return topology;
        });
        return new RatchetStream(topology.get(), settings, inputs.partitions(), shared)
                .withPartitionCountMonitor(partitionCounts);
    }

    /** Creates a stream for a caller that does not show what the start waits for. */
    public static RatchetStream of(Settings settings, SchemaRegistry registry, EventCounters counters) {
        return of(settings, registry, counters, waitsFor -> {});
    }

    private static TopologyInputs inputs(Settings settings) {
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            TopicCheck check = admin.check(TopicPlan.of(settings));
            List<String> fatal = check.findings().stream()
                    .filter(TopicFinding::fatal)
                    .map(TopicFinding::text)
                    .toList();
            if (!fatal.isEmpty()) {
                throw new TopicsNotReadyException(fatal);
            }
            check.findings().forEach(finding -> LOG.warn("RATCHET-1016 {}", finding.text()));
            int partitions = check.inputPartitions().orElseThrow();
            checkState(settings, admin, partitions);
            ChangelogOwnership.check(settings, admin);
            return new TopologyInputs(
                    partitions,
                    Math.min(
                            check.deadLetterBytes().orElseThrow(),
                            KafkaClientSettings.maxRequestSize(settings.kafka())));
        }
    }

    /** Kafka Streams checks this too, but its message names a tool that is not here. */
    private static void checkState(Settings settings, TopicAdmin admin, int partitions) {
        for (String topic : StreamTopics.storeChangelogs(settings.application().id())) {
            admin.partitions(topic).filter(count -> count != partitions).ifPresent(count -> {
                throw PartitionsChangedException.sinceLastRun(topic, partitions, count);
            });
        }
    }

    /**
     * Registers schemas and compatibility levels, like {@code ratchet schemas register}, unless automatic registration
     * is off ({@code auto.register.schemas}) or other serdes are configured.
     */
    private static void registerSchemas(Settings settings) {
        if (!AvroSerdes.registersSchemas(settings.serde())) {
            return;
        }
        try {
            for (String line : new SchemaAdmin(settings.serde())
                    .register(SchemaPlan.of(settings), false)
                    .lines()) {
                if (line.startsWith("left ")) {
                    LOG.warn("RATCHET-1013 Schema registry: {}", line);
                } else if (!line.startsWith("ok ")) {
                    LOG.info("Schema registry: {}", line);
                }
            }
        } catch (RegistryRefusedException refused) {
            LOG.warn(
                    "RATCHET-1014 The schema registry does not allow Ratchet to read schemas or to set"
                            + " compatibility levels, so it may accept schema versions that consumers cannot"
                            + " read. Run 'ratchet schemas register' as a user with these permissions. error={}",
                    refused.getMessage());
        }
    }
}

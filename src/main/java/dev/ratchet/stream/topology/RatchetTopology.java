package dev.ratchet.stream.topology;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.config.TopicSettings;
import dev.ratchet.ingest.PayloadCapturePolicy;
import dev.ratchet.ingest.RecordReader;
import dev.ratchet.ingest.avro.NativeReader;
import dev.ratchet.ingest.avro.RepairResultReader;
import dev.ratchet.ingest.debezium.DebeziumReader;
import dev.ratchet.registry.BoundedSchemaRegistry;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.state.StoreSerdes;
import dev.ratchet.stream.StreamTopics;
import dev.ratchet.stream.TopologyNames;
import dev.ratchet.stream.deferred.ChangelogSchemaCheck;
import dev.ratchet.stream.deferred.DeferralSettings;
import dev.ratchet.stream.deferred.RegistryCheck;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.stream.state.TransactionalStore;
import dev.ratchet.stream.state.WriteBehindStore;
import dev.ratchet.stream.state.WriteBehindStoreBuilder;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import dev.ratchet.v1.TaskStatusRejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology.
 *
 * <pre>
 * events ──▶ read-events ──┬─▶ ratchet ─┬─▶ changelog
 * cdc ─────▶ read-cdc ─────┤      │     ├─▶ rejections
 * results ─▶ read-results ─┤ task-states├─▶ alerts
 *                          │  timers    └─▶ commands
 *                          │  outputs
 *                          └─▶ dead-letters
 * </pre>
 *
 * <p>Results are read if Conductor's URL is set: earlier commands may still get some. Commands exist only if Ratchet
 * asks Conductor anything. All three stores exist whatever the settings: a store that is added later has no
 * checkpoint, and Kafka Streams would then delete and restore all stores of its task.
 */
public final class RatchetTopology implements Supplier<Topology> {
    private static final TimestampExtractor RECORD_TIME = new RecordTimeExtractor(System::currentTimeMillis);

    /** Heap size of a typical task with its cache entry, in bytes. */
    private static final int BYTES_PER_TASK = 1_500;

    private final Settings settings;
    private final TopologyInputs inputs;
    private final SchemaRegistry registry;
    private final AvroSerdes serdes;
    private final ProcessorDependencies shared;
    private final DeferralSettings deferral;
    private final Optional<String> republishAtStart;

    public RatchetTopology(
            Settings settings, TopologyInputs inputs, SchemaRegistry registry, ProcessorDependencies shared) {
        this.settings = settings;
        this.inputs = inputs;
        this.registry = registry;
        SchemaRegistry bounded = new BoundedSchemaRegistry(registry);
        this.serdes = new AvroSerdes(settings.serde(), bounded);
        this.shared = shared;
        this.republishAtStart = Optional.of(UUID.randomUUID().toString())
                .filter(id -> settings.application().republish());
        this.deferral = DeferralSettings.of(settings, RegistryCheck.of(settings, bounded));
    }

    @Override
    public Topology get() {
        Topology topology = new Topology();
        TopicSettings topics = settings.topics();
        List<String> readers = new ArrayList<>();
        List<String> storeUsers = new ArrayList<>(List.of(TopologyNames.RATCHET, TopologyNames.READ_EVENTS));

        readers.add(addReader(
                topology,
                TopologyNames.EVENTS,
                topics.events(),
                TopologyNames.READ_EVENTS,
                this::eventsReader,
                EventSource.NATIVE));
        if (StreamTopics.readsDatabase(settings)) {
            readers.add(addReader(
                    topology,
                    TopologyNames.CDC,
                    topics.cdc(),
                    TopologyNames.READ_CDC,
                    this::cdcReader,
                    EventSource.CDC));
        }
        if (settings.readsAnswers()) {
            readers.add(addReader(
                    topology,
                    TopologyNames.RESULTS,
                    topics.repairResults(),
                    TopologyNames.READ_RESULTS,
                    this::resultsReader,
                    EventSource.AUDIT));
            storeUsers.add(TopologyNames.READ_RESULTS);
        }
        String[] all = readers.toArray(String[]::new);

        topology.addProcessor(
                TopologyNames.RATCHET,
                () -> new TaskStatusProcessor(settings, inputs.partitions(), shared, republishAtStart),
                all);
        addStores(topology, storeUsers.toArray(String[]::new));

        addSink(topology, TopologyNames.CHANGELOG, topics.changelog(), TaskStatusChange.class);
        addSink(topology, TopologyNames.REJECTIONS, topics.rejections(), TaskStatusRejection.class);
        addSink(topology, TopologyNames.ALERTS, topics.alerts(), TaskStatusAlert.class);
        if (settings.asksConductor()) {
            addSink(topology, TopologyNames.COMMANDS, topics.repairCommands(), RepairCommand.class);
        }
        ByteArraySerializer raw = new ByteArraySerializer();
        topology.addSink(TopologyNames.DEAD_LETTERS, topics.deadLetters(), raw, raw, all);
        return topology;
    }

    /** Kafka's record cache stays off: it keeps bytes, decodes at every read, and would merge changes. */
    private void addStores(Topology topology, String[] timerUsers) {
        int kept = keptTasks();
        topology.addStateStore(
                new WriteBehindStoreBuilder<>(
                        store(TopologyNames.TASK_STATES, Serdes.String(), StoreSerdes.tracked()),
                        store -> new WriteBehindStore<>(store, kept, TrackedTask::isLive)),
                TopologyNames.RATCHET);
        topology.addStateStore(
                new WriteBehindStoreBuilder<>(
                        store(TopologyNames.TIMERS, Serdes.Bytes(), Serdes.ByteArray()), TimerStore::new),
                timerUsers);
        topology.addStateStore(
                store(TopologyNames.OUTPUTS, Serdes.String(), StoreSerdes.captured()), TopologyNames.RATCHET);
    }

    private <K, V> StoreBuilder<KeyValueStore<K, V>> store(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(
                TransactionalStore.isEnabled(settings)
                        ? TransactionalStore.supplier(name)
                        : Stores.persistentKeyValueStore(name),
                keys,
                values);
    }

    /** To be called before anything is registered there. Throws what {@link ChangelogSchemaCheck} throws. */
    public void checkRegistry() {
        if (ChangelogSchemaCheck.verify(registry, settings)) {
            deferral.check().markProven();
        }
    }

    /**
     * Reads the ids of the output schemas from the registry at start, so that its errors appear before the first
     * record.
     *
     * @throws dev.ratchet.registry.RegistryException if it does not answer, or rejects a schema
     */
    public void registerSchemas() {
        TopicSettings topics = settings.topics();
        AvroSerdes.prepare(serdes.serializer(TaskStatusChange.class), topics.changelog());
        AvroSerdes.prepare(serdes.serializer(TaskStatusRejection.class), topics.rejections());
        AvroSerdes.prepare(serdes.serializer(TaskStatusAlert.class), topics.alerts());
        if (settings.asksConductor()) {
            AvroSerdes.prepare(serdes.serializer(RepairCommand.class), topics.repairCommands());
        }
    }

    private <T extends SpecificRecord> void addSink(Topology topology, String node, String topic, Class<T> type) {
        topology.addSink(node, topic, new StringSerializer(), serdes.serializer(type), TopologyNames.RATCHET);
    }

    /** Adds a source and its decoding processor. {@return the name of the processor} */
    private String addReader(
            Topology topology,
            String node,
            String topic,
            String readingNode,
            Supplier<RecordReader> reader,
            EventSource source) {
        ByteArrayDeserializer raw = new ByteArrayDeserializer();
        topology.addSource(AutoOffsetReset.earliest(), node, RECORD_TIME, raw, raw, topic);
        Optional<DeferralSettings> ofRegistry = source == EventSource.CDC ? Optional.empty() : Optional.of(deferral);
        topology.addProcessor(
                readingNode,
                () -> new DecodingProcessor(reader.get(), source, topic, inputs, shared, ofRegistry),
                node);
        return readingNode;
    }

    private RecordReader eventsReader() {
        return new NativeReader(
                serdes.deserializer(TaskStatusEvent.class), settings.topics().events(), capture());
    }

    private RecordReader cdcReader() {
        return new DebeziumReader(settings.source().offset(), capture());
    }

    private RecordReader resultsReader() {
        return new RepairResultReader(
                serdes.deserializer(RepairResult.class), settings.topics().repairResults(), capture());
    }

    /** {@return how many tasks of a partition stay in memory: all together take at most 1/16 of the heap} */
    private int keptTasks() {
        return (int) (Runtime.getRuntime().maxMemory() / 16 / BYTES_PER_TASK / inputs.partitions());
    }

    private PayloadCapturePolicy capture() {
        return PartitionContext.isRepairEnabled(settings)
                ? new PayloadCapturePolicy(settings.repair().captureBytes())
                : PayloadCapturePolicy.NOTHING;
    }
}

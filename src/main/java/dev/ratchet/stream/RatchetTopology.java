package dev.ratchet.stream;

import dev.ratchet.config.Settings;
import dev.ratchet.config.Topics;
import dev.ratchet.source.DebeziumReader;
import dev.ratchet.source.NativeReader;
import dev.ratchet.source.RecordReader;
import dev.ratchet.task.Source;
import dev.ratchet.task.TaskState;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import dev.ratchet.v1.TaskStatusRejection;
import dev.ratchet.wire.AvroDeserializer;
import dev.ratchet.wire.AvroSerializer;
import dev.ratchet.wire.SchemaRegistry;
import dev.ratchet.wire.StateSerde;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology.
 *
 * <pre>
 * events ─▶ read-events ─┬─▶ ratchet ─┬─▶ changelog
 * cdc ────▶ read-cdc ────┤      │     ├─▶ rejections
 *                        │ task-states└─▶ alerts
 *                        └─▶ dead-letters
 * </pre>
 */
public final class RatchetTopology implements Supplier<Topology> {
    /**
     * A record without a timestamp is no reason to stop, nor is one of the future, which the store changelog would bear
     * too and the broker refuse; event times are in the values.
     */
    private static final TimestampExtractor RECORD_TIME =
            (record, partitionTime) -> Math.max(0, Math.min(record.timestamp(), System.currentTimeMillis()));

    private final Settings settings;
    private final Inputs inputs;
    private final SchemaRegistry registry;
    private final Tally tally;

    public RatchetTopology(Settings settings, Inputs inputs, SchemaRegistry registry, Tally tally) {
        this.settings = settings;
        this.inputs = inputs;
        this.registry = registry;
        this.tally = tally;
    }

    @Override
    public Topology get() {
        Topology topology = new Topology();
        Topics topics = settings.topics();
        boolean cdc = settings.source().kind() == dev.ratchet.config.Source.Kind.DEBEZIUM;

        source(topology, Nodes.EVENTS, topics.events());
        topology.addProcessor(Nodes.READ_EVENTS, read(this::eventsReader, Source.NATIVE), Nodes.EVENTS);
        if (cdc) {
            source(topology, Nodes.CDC, topics.cdc());
            topology.addProcessor(Nodes.READ_CDC, read(this::cdcReader, Source.CDC), Nodes.CDC);
        }
        String[] readers = cdc ? new String[] {Nodes.READ_EVENTS, Nodes.READ_CDC} : new String[] {Nodes.READ_EVENTS};

        topology.addProcessor(
                Nodes.RATCHET, () -> new RatchetProcessor(settings.rejections().duplicates(), tally), readers);
        topology.addStateStore(taskStates(), Nodes.RATCHET);

        sink(topology, Nodes.CHANGELOG, topics.changelog(), TaskStatusChange.class);
        sink(topology, Nodes.REJECTIONS, topics.rejections(), TaskStatusRejection.class);
        sink(topology, Nodes.ALERTS, topics.alerts(), TaskStatusAlert.class);
        ByteArraySerializer raw = new ByteArraySerializer();
        topology.addSink(Nodes.DEAD_LETTERS, topics.deadLetters(), raw, raw, readers);
        return topology;
    }

    /**
     * Asks the registry for the schemas' ids, as the first records would: what is wrong with it shows before any is read.
     *
     * @throws dev.ratchet.wire.RegistryException if it does not answer, or refuses a schema
     */
    void registerSchemas() {
        Topics topics = settings.topics();
        serializer(TaskStatusChange.class).prepare(topics.changelog());
        serializer(TaskStatusRejection.class).prepare(topics.rejections());
        serializer(TaskStatusAlert.class).prepare(topics.alerts());
    }

    private static void source(Topology topology, String node, String topic) {
        ByteArrayDeserializer raw = new ByteArrayDeserializer();
        topology.addSource(AutoOffsetReset.earliest(), node, RECORD_TIME, raw, raw, topic);
    }

    private <T extends SpecificRecord> void sink(Topology topology, String node, String topic, Class<T> type) {
        topology.addSink(node, topic, new StringSerializer(), serializer(type), Nodes.RATCHET);
    }

    private ProcessorSupplier<byte[], byte[], Object, Object> read(Supplier<RecordReader> reader, Source source) {
        return () -> new ReadProcessor(reader.get(), source, inputs, tally);
    }

    private RecordReader eventsReader() {
        return new NativeReader(
                new AvroDeserializer<>(TaskStatusEvent.class, registry),
                settings.topics().events());
    }

    private RecordReader cdcReader() {
        return new DebeziumReader(settings.source().offset());
    }

    private <T extends SpecificRecord> AvroSerializer<T> serializer(Class<T> type) {
        AvroSerializer<T> serializer = new AvroSerializer<>(type, registry);
        serializer.configure(serdeConfig(), false);
        return serializer;
    }

    private Map<String, Object> serdeConfig() {
        Map<String, Object> config = new HashMap<>(settings.serde());
        config.putIfAbsent("avro.remove.java.properties", true);
        return config;
    }

    /** Record caching is off: it costs more than it saves (STACK.md), and each change is wanted. */
    private static StoreBuilder<KeyValueStore<String, TaskState>> taskStates() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(Nodes.TASK_STATES), Serdes.String(), StateSerde.create())
                .withCachingDisabled();
    }
}

package dev.ratchet.avro;

import dev.ratchet.registry.MockSchemaRegistry;
import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.registry.SerdeConfig;
import dev.ratchet.registry.Subject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates all serializers and deserializers that Ratchet uses: its own, or those of the classes in {@code value.serializer} and
 * {@code value.deserializer}, such as Confluent's. Both kinds throw what the package description says.
 */
public final class AvroSerdes {
    private static final Logger LOG = LoggerFactory.getLogger(AvroSerdes.class);
    private static final String SERIALIZER = "value.serializer";
    private static final String DESERIALIZER = "value.deserializer";
    private static final Set<String> BUILT_IN =
            Set.of(AvroRecordSerializer.class.getName(), AvroRecordDeserializer.class.getName());

    private final Map<String, Object> config;
    private final SchemaRegistry registry;
    private final Map<Class<?>, Serializer<?>> serializers = new ConcurrentHashMap<>();

    /**
     * @param config by Confluent's names; our classes where none are set
     * @param registry for our own serdes, whatever address the config has
     */
    public AvroSerdes(Map<String, ?> config, SchemaRegistry registry) {
        this.config = withDefaults(config);
        this.registry = registry;
    }

    /** Registers schemas as shipped, without the properties that Avro's compiler adds for Java. */
    static Map<String, Object> withDefaults(Map<String, ?> config) {
        Map<String, Object> withDefaults = new HashMap<>(config);
        withDefaults.putIfAbsent(SerdeConfig.REMOVE_JAVA, true);
        return withDefaults;
    }

    /**
     * The registry of our own serdes; one that holds nothing if neither is used, since the config may hold settings that only the
     * other serdes know. Warns of settings without effect.
     *
     * @throws ConfigException if a setting is missing or wrong
     */
    public static SchemaRegistry registry(Map<String, ?> config) {
        if (!isBuiltIn(config, SERIALIZER) && !isBuiltIn(config, DESERIALIZER)) {
            return new MockSchemaRegistry();
        }
        if (areBuiltIn(config)) {
            Set<String> unknown = new TreeSet<>(config.keySet());
            unknown.removeIf(name -> SerdeConfig.knows(name) || name.equals(SERIALIZER) || name.equals(DESERIALIZER));
            if (!unknown.isEmpty()) {
                LOG.warn(
                        "RATCHET-2401 Ratchet's own Avro serdes do not know these settings; they have no effect. settings={}",
                        unknown);
            }
        }
        return SchemaRegistry.of(config);
    }

    /**
     * A serializer for values of one class; always the same instance, so that {@link #prepare} has an effect.
     *
     * @throws ConfigException if a setting is missing or wrong
     */
    @SuppressWarnings("unchecked") // it is kept under its type
    public <T extends SpecificRecord> Serializer<T> serializer(Class<T> type) {
        return (Serializer<T>) serializers.computeIfAbsent(type, first -> create(type));
    }

    private <T extends SpecificRecord> Serializer<T> create(Class<T> type) {
        if (isBuiltIn(config, SERIALIZER)) {
            AvroSerializer<T> ours = new AvroSerializer<>(type, registry);
            ours.configure(config, false);
            return ours;
        }
        @SuppressWarnings("unchecked") // it takes any record, as Confluent's does
        Serializer<T> delegate = (Serializer<T>) create(SERIALIZER, Serializer.class);
        delegate.configure(config, false);
        return ThirdPartySerdes.wrap(delegate);
    }

    /**
     * A deserializer for values of one class, whatever version of its schema they were written with.
     *
     * @throws ConfigException if a setting is missing or wrong
     */
    public <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
        if (isBuiltIn(config, DESERIALIZER)) {
            return new AvroDeserializer<>(type, registry);
        }
        RecordType.trustPackageOf(type);
        Deserializer<?> delegate = create(DESERIALIZER, Deserializer.class);
        Map<String, Object> specific = new HashMap<>(config);
        specific.put("specific.avro.reader", true);
        delegate.configure(specific, false);
        return ThirdPartySerdes.wrap(type, delegate);
    }

    /**
     * Asks the registry for the id now instead of with the first record. Has no effect on a third-party serializer.
     *
     * @throws RegistryException if the registry does not return the id
     */
    public static void prepare(Serializer<?> serializer, String topic) {
        if (serializer instanceof AvroSerializer<?> ours) {
            ours.prepare(topic);
        }
    }

    /** Whether both serdes are Ratchet's own, which know all of their settings. */
    public static boolean areBuiltIn(Map<String, ?> config) {
        return isBuiltIn(config, SERIALIZER) && isBuiltIn(config, DESERIALIZER);
    }

    /**
     * Whether Ratchet's own serializers register schemas in an external registry.
     *
     * @throws ConfigException if a setting is missing or wrong
     */
    public static boolean registersSchemas(Map<String, ?> config) {
        if (!isBuiltIn(config, SERIALIZER)) {
            return false;
        }
        SerdeConfig wire = new SerdeConfig(config);
        return wire.getBoolean(SerdeConfig.AUTO_REGISTER) && !wire.urls().get(0).startsWith(SerdeConfig.MOCK);
    }

    private static boolean isBuiltIn(Map<String, ?> config, String setting) {
        Object name = config.get(setting);
        return name == null || BUILT_IN.contains(name.toString());
    }

    private <S> S create(String setting, Class<S> type) {
        String name = String.valueOf(config.get(setting));
        try {
            return Utils.newInstance(name, type);
        } catch (ClassNotFoundException | LinkageError | ClassCastException | KafkaException e) {
            throw new ConfigException(
                    "Expected %s to be the name of a class on the class path that is a %s, but got %s: %s"
                            .formatted(setting, type.getName(), name, e));
        }
    }

    /**
     * The subject of a topic's values.
     *
     * @throws org.apache.kafka.common.config.ConfigException if a setting is wrong
     */
    public static Subject subject(Map<String, ?> config, String topic, Class<? extends SpecificRecord> type) {
        SerdeConfig serde = new SerdeConfig(withDefaults(config));
        Schema schema = serde.registered(RecordType.of(type).schema());
        return new Subject(serde.subject(topic, schema, false), schema);
    }
}

package dev.ratchet.config;

import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.StreamsConfig;

/** Settings of Kafka Streams that Ratchet sets itself, by Kafka's names, with what to do instead. */
final class ReservedKafkaSettings {
    static final SortedMap<String, String> NAMES = new TreeMap<>();

    private static final String HANDLER =
            "with another handler records are lost that Ratchet would count as dead letters";

    static {
        NAMES.put(StreamsConfig.APPLICATION_ID_CONFIG, "set ratchet.application.id");
        NAMES.put(StreamsConfig.STATE_DIR_CONFIG, "set ratchet.state.dir");
        NAMES.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "it is always true");
        NAMES.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, "no store has a cache");
        NAMES.put("cache.max.bytes.buffering", "no store has a cache");
        NAMES.put("processing.exception.handler.global.enabled", "it is always true");
        NAMES.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, HANDLER);
        NAMES.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, HANDLER);
        NAMES.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, HANDLER);
        NAMES.put("default.deserialization.exception.handler", HANDLER);
        NAMES.put("default.production.exception.handler", HANDLER);
        NAMES.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, "set " + TopicSettings.DEAD_LETTERS);
    }

    /** The only value that {@code processing.guarantee} may have. */
    static final String GUARANTEE = StreamsConfig.EXACTLY_ONCE_V2;

    private ReservedKafkaSettings() {}
}

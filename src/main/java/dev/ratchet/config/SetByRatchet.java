package dev.ratchet.config;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.StreamsConfig;

/** What Ratchet itself tells Kafka Streams, and is not for the user to say: by Kafka's names, with what to do instead. */
final class SetByRatchet {
    static final SortedMap<String, String> NAMES = new TreeMap<>(Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            "set ratchet.application.id",
            StreamsConfig.STATE_DIR_CONFIG,
            "set ratchet.state.dir",
            StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
            "it is always true",
            StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
            "no store has a cache"));

    private SetByRatchet() {}
}

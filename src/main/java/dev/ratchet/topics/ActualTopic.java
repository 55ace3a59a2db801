package dev.ratchet.topics;

import java.util.Map;

/**
 * A topic as it exists.
 *
 * @param neverWritten known to have never been written to
 * @param configs in effect, those of the broker included, by Kafka's names
 */
record ActualTopic(int partitions, boolean neverWritten, Map<String, String> configs) {
    ActualTopic {
        configs = Map.copyOf(configs);
    }
}

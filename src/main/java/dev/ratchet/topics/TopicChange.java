package dev.ratchet.topics;

import java.util.Map;
import java.util.function.Function;

/** A change of one topic. {@code toString} names the topic and its new state. */
public sealed interface TopicChange {
    String topic();

    <R> R fold(Function<Create, R> create, Function<Grow, R> grow, Function<Alter, R> alter);

    /** The past tense adds a {@code d}. */
    default String verb() {
        return "change";
    }

    /**
     * A new topic.
     *
     * @param replicationFactor at least 1, or -1 for that of the broker
     */
    record Create(String topic, int partitions, short replicationFactor, Map<String, String> configs)
            implements TopicChange {
        @Override
        public <R> R fold(Function<Create, R> create, Function<Grow, R> grow, Function<Alter, R> alter) {
            return create.apply(this);
        }

        @Override
        public String verb() {
            return "create";
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(topic + ": " + partitions + " partitions");
            if (replicationFactor > 0) {
                text.append(", replication factor ").append(replicationFactor);
            }
            configs.forEach((config, value) ->
                    text.append(", ").append(config).append('=').append(value));
            return text.toString();
        }
    }

    /** More partitions, for a topic that was never written to. */
    record Grow(String topic, int partitions, int before) implements TopicChange {
        @Override
        public <R> R fold(Function<Create, R> create, Function<Grow, R> grow, Function<Alter, R> alter) {
            return grow.apply(this);
        }

        @Override
        public String toString() {
            return topic + ": " + partitions + " partitions (was " + before + ")";
        }
    }

    record Alter(String topic, String config, String value, String before) implements TopicChange {
        @Override
        public <R> R fold(Function<Create, R> create, Function<Grow, R> grow, Function<Alter, R> alter) {
            return alter.apply(this);
        }

        @Override
        public String toString() {
            return topic + ": " + config + "=" + value + " (was " + before + ")";
        }
    }
}

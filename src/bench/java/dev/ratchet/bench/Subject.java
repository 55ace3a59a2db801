package dev.ratchet.bench;

import dev.ratchet.stream.runtime.StreamsProperties;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Which stream is measured. */
enum Subject {
    /** As it is shipped. */
    RATCHET("ratchet", "dev.ratchet.Main"),

    /** A pass-through that runs with what Kafka and the JVM do of themselves, as most streams do. */
    PLAIN("plain-pass-through", PassThrough.class.getName()),

    /** A pass-through with the settings and the options of the JVM that Ratchet has. */
    TUNED("tuned-pass-through", PassThrough.class.getName()),

    /** An aggregate of Kafka Streams' own, with the same settings and options. */
    AGGREGATE("dsl-aggregate", Aggregate.class.getName());

    private final String label;
    private final String main;

    Subject(String label, String main) {
        this.label = label;
        this.main = main;
    }

    String main() {
        return main;
    }

    /** As it is told, and the beginning of its application id. */
    String label() {
        return label;
    }

    /** What it is told beside the settings that all have: Kafka's own values of what {@link StreamsProperties} would set. */
    Map<String, String> settings() {
        Map<String, String> kafkas = new HashMap<>();
        if (this == PLAIN) {
            for (String name : StreamsProperties.TUNING.keySet()) {
                tell(kafkas, "producer.", name, ProducerConfig.configDef());
                tell(kafkas, "consumer.", name, ConsumerConfig.configDef());
            }
        }
        return kafkas;
    }

    private static void tell(Map<String, String> settings, String client, String name, ConfigDef definition) {
        if (definition.names().contains(name)) {
            settings.put(
                    "kafka." + client + name,
                    String.valueOf(definition.defaultValues().get(name)));
        }
    }

    /** The options of the JVM, of those that are given for Ratchet. */
    List<String> options(RunOptions given) {
        return this == PLAIN ? RunOptions.HEAP : given.java();
    }

    List<String> arguments(Map<String, String> settings) {
        List<String> arguments = new ArrayList<>();
        if (this == RATCHET) {
            arguments.add("run");
        }
        settings.forEach((name, value) -> {
            if (this == RATCHET) {
                arguments.add("--set");
            }
            arguments.add(name + "=" + value);
        });
        return arguments;
    }
}

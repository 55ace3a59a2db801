package dev.ratchet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Which stream is measured. */
enum Subject {
    /** As it is shipped. */
    RATCHET("dev.ratchet.Main"),

    /** A pass-through that runs with what Kafka and the JVM do of themselves, as most streams do. */
    PLAIN(PassThrough.class.getName()),

    /** A pass-through with the settings and the options of the JVM that Ratchet has. */
    TUNED(PassThrough.class.getName());

    private final String main;

    Subject(String main) {
        this.main = main;
    }

    String main() {
        return main;
    }

    /** As it is told, and the beginning of its application id. */
    String label() {
        return this == RATCHET ? "ratchet" : name().toLowerCase(Locale.ROOT) + "-pass-through";
    }

    /** What it is told beside the settings that all have: what StreamSettings would set otherwise than Kafka. */
    Map<String, String> settings() {
        return this == PLAIN ? Map.of("kafka.batch.size", kafkas(ProducerConfig.BATCH_SIZE_CONFIG)) : Map.of();
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

    private static String kafkas(String setting) {
        return String.valueOf(ProducerConfig.configDef().defaultValues().get(setting));
    }
}

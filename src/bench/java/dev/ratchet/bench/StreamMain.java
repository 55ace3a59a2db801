package dev.ratchet.bench;

import dev.ratchet.config.Settings;
import dev.ratchet.stream.runtime.StreamsProperties;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** Runs a stream that Ratchet is held against. */
final class StreamMain {
    private StreamMain() {}

    /**
     * Runs it until the process is stopped.
     *
     * @param arguments settings as {@code NAME=VALUE}; what is not given is as Ratchet has it
     */
    static void run(String[] arguments, Function<Settings, Topology> topology) throws InterruptedException {
        Map<String, String> given = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            given.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        Settings settings = Settings.load(Optional.empty(), Map.of(), given);
        KafkaStreams streams =
                new KafkaStreams(topology.apply(settings), new StreamsConfig(StreamsProperties.of(settings)));
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
        Thread.currentThread().join();
    }
}

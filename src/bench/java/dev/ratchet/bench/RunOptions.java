package dev.ratchet.bench;

import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.config.SourceSettings.Kind;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.v1.TaskStatusEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What all measurements of a running stream can be told. */
final class RunOptions {
    static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g");

    @Option(
            names = "--at-once",
            converter = AtLeastOne.class,
            defaultValue = "10000",
            description = "Tasks that live at once (${DEFAULT-VALUE}).")
    int atOnce;

    @Option(names = "--source", defaultValue = "native", description = "native or debezium (${DEFAULT-VALUE}).")
    Kind source = Kind.NATIVE;

    @Option(
            names = "--java",
            split = " ",
            defaultValue = "-XX:+UseParallelGC -XX:NewRatio=1",
            description = "Options of the JVMs measured, after -Xms1g -Xmx1g (${DEFAULT-VALUE}, as bin/ratchet has it);"
                    + " a plain pass-through goes without.")
    private List<String> java = List.of();

    @Option(
            names = "--set",
            description =
                    "A setting of what is measured, NAME=VALUE. May be repeated; a plain pass-through keeps Kafka's"
                            + " batch.size and receive.buffer.bytes.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** The options of the JVM that is measured. */
    List<String> java() {
        List<String> options = new ArrayList<>(HEAP);
        options.addAll(java);
        return options;
    }

    /** A run of this name, whose topics are there when this returns. */
    Run prepare(Cluster cluster, String name) {
        return prepare(cluster, name, Map.of());
    }

    /** The same with more settings, which go before those that are given. */
    Run prepare(Cluster cluster, String name, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(more);
        return cluster.prepare(name, sourceSetting(), all);
    }

    /** The source as {@code ratchet.source} has it. */
    String sourceSetting() {
        return source.name().toLowerCase(Locale.ROOT);
    }

    /** @throws ParameterException if another source than native is given, which the measurement cannot do */
    void requireNative(CommandSpec command) {
        if (source != Kind.NATIVE) {
            throw new ParameterException(
                    command.commandLine(),
                    "Expected --source native, the only one for " + command.name() + ", but was " + sourceSetting());
        }
    }

    EventSource events(Cluster cluster) {
        return source == Kind.DEBEZIUM ? new DebeziumEvents("conductor.public.task") : nativeEvents(cluster);
    }

    NativeEvents nativeEvents(Cluster cluster) {
        return nativeEvents(cluster, "task-status-events");
    }

    NativeEvents nativeEvents(Cluster cluster, String topic) {
        SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", cluster.registryUrl()));
        return new NativeEvents(new AvroSerializer<>(TaskStatusEvent.class, registry), topic);
    }
}

package dev.ratchet.demo.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.metadata.storage.Formatter;

/** Settings of the embedded broker: one node, broker and controller, on loopback, quick to start and small on disk. */
final class BrokerSettings {
    private static final int NODE_ID = 1;

    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("node.id", String.valueOf(NODE_ID)),
            Map.entry("process.roles", "broker,controller"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            // A missing topic is an error, as in production.
            Map.entry("auto.create.topics.enable", "false"),
            // There is no second node to wait for.
            Map.entry("default.replication.factor", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
            // The default of fifty each causes most of the files, and most of the wait of the first client.
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            // Allocated at once; the defaults are 128 MiB of memory, and 20 MiB of file for each partition.
            Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
            Map.entry("log.index.size.max.bytes", "65536"),
            Map.entry("num.network.threads", "1"),
            Map.entry("num.io.threads", "2"));

    private BrokerSettings() {}

    /** {@return the settings, as in a {@code server.properties}} */
    static Map<String, String> of(Path directory, LoopbackPorts ports) {
        Map<String, String> settings = new HashMap<>(FIXED);
        settings.put("log.dirs", topics(directory));
        settings.put("metadata.log.dir", metadata(directory));
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(ports.broker(), ports.controller()));
        // Set here and not stored in the directory, which may be used again with other ports.
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + ports.controller());
        return settings;
    }

    /** Formats the directory like {@code kafka-storage format}; does not change existing data. */
    static void format(Path directory) throws Exception {
        new Formatter()
                .setNodeId(NODE_ID)
                .setClusterId("ratchet-embedded")
                .setControllerListenerName("CONTROLLER")
                .setDirectories(Set.of(topics(directory), metadata(directory)))
                .setMetadataLogDirectory(metadata(directory))
                .setIgnoreFormatted(true)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    private static String topics(Path directory) {
        return directory.resolve("topics").toString();
    }

    // A separate directory, because only then does a controller lock it before it writes. Otherwise two brokers on one
    // directory would corrupt each other's metadata before the second one fails.
    private static String metadata(Path directory) {
        return directory.resolve("metadata").toString();
    }
}

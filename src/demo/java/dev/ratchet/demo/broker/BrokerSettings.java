package dev.ratchet.demo.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.metadata.storage.Formatter;

/** What the embedded broker is told: one node, broker and controller, on loopback, quick to start and small on disk. */
final class BrokerSettings {
    private static final int NODE_ID = 1;

    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("node.id", String.valueOf(NODE_ID)),
            Map.entry("process.roles", "broker,controller"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            // A topic that nobody created is a mistake to be seen, as it is in production.
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
            // By default fifty each: most of the files, and of the time that the first client waits.
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            // Set aside at once, by default 128 MiB of memory and 20 MiB of file for each partition.
            Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
            Map.entry("log.index.size.max.bytes", "65536"),
            Map.entry("num.network.threads", "1"),
            Map.entry("num.io.threads", "2"));

    private BrokerSettings() {}

    /** {@return the settings, as they would stand in a {@code server.properties}} */
    static Map<String, String> of(Path directory, LoopbackPorts ports) {
        Map<String, String> settings = new HashMap<>(FIXED);
        settings.put("log.dirs", topics(directory));
        settings.put("metadata.log.dir", metadata(directory));
        settings.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(ports.broker(), ports.controller()));
        // Told here and not kept in the directory, which may come back on other ports.
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + ports.controller());
        return settings;
    }

    /** Makes the directory one that the broker takes, as {@code kafka-storage format} does; leaves alone what is there. */
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

    // On its own, because only then does a controller lock it before it writes: two brokers on one directory would
    // otherwise spoil each other's metadata before the second one notices.
    private static String metadata(Path directory) {
        return directory.resolve("metadata").toString();
    }
}

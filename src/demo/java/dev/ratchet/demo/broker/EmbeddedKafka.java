package dev.ratchet.demo.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka broker, its own controller, in this process and on 127.0.0.1 only: for the demo and the tests. Not replicated,
 * not secured, not for production.
 *
 * <p>Can be stopped and started again any number of times; port and data stay. For one thread at a time.
 *
 * <p>After the first start, Kafka's {@link Exit} no longer ends this process: a broker that fails logs an ERROR.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

    private final Path directory;
    private final LoopbackPorts ports;
    private @Nullable KafkaRaftServer server;

    private EmbeddedKafka(Path directory, LoopbackPorts ports) {
        this.directory = directory;
        this.ports = ports;
    }

    /**
     * Starts a broker on a free port and returns once it answers, after some seconds.
     *
     * @param directory of the data; created if missing, otherwise used with the topics in it
     * @throws IllegalStateException if the directory cannot be used or another broker uses it
     */
    public static EmbeddedKafka start(Path directory) {
        EmbeddedKafka kafka = new EmbeddedKafka(directory.toAbsolutePath(), LoopbackPorts.free());
        kafka.restart();
        return kafka;
    }

    /** {@return host and port for {@code bootstrap.servers}; they never change, whether the broker runs or not} */
    public String bootstrapServers() {
        return "127.0.0.1:" + ports.broker();
    }

    /**
     * Stops the broker if it runs, starts it on the same port with the same data, and returns once it answers.
     *
     * @throws IllegalStateException as {@link #start} does, or if another process uses the port now; the broker is then
     *     stopped, and this can be called again
     */
    public void restart() {
        stop();
        ports.requireFree();
        // A broker that cannot continue halts the process. If the halt returns, it cleans up and throws the cause.
        Exit.setHaltProcedure(EmbeddedKafka::ignoreExit);
        Exit.setExitProcedure(EmbeddedKafka::ignoreExit);
        try {
            Files.createDirectories(directory);
            BrokerSettings.format(directory);
            server = new KafkaRaftServer(new KafkaConfig(BrokerSettings.of(directory, ports), false), Time.SYSTEM);
            server.startup();
            awaitAnswer();
        } catch (Exception e) { // Scala does not declare what it throws
            stop();
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException(
                    "Expected a broker on %s with its data in %s, but it did not start: %s"
                            .formatted(bootstrapServers(), directory, e),
                    e);
        }
    }

    /** Stops the broker cleanly: everything that it has acknowledged is on disk. Does nothing if it is stopped. */
    public void stop() {
        if (server != null) {
            KafkaRaftServer running = server;
            server = null;
            running.shutdown();
            running.awaitShutdown();
        }
    }

    /** Like {@link #stop}. The directory stays. */
    @Override
    public void close() {
        stop();
    }

    private void awaitAnswer() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.describeCluster().nodes().get();
        }
    }

    private static void ignoreExit(int status, @Nullable String message) {
        LOG.error("Expected the embedded broker to run until it is stopped, but it failed (exit status {})", status);
    }
}

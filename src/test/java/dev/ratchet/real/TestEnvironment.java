package dev.ratchet.real;

import dev.ratchet.cluster.HttpRegistry;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.guard.PostgresServer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** The environment of Ratchet: PostgreSQL, Conductor, Kafka with a registry, and Debezium once it is started. */
final class TestEnvironment implements AutoCloseable {
    final Path folder;
    private final Deque<Closeable> running = new ArrayDeque<>();
    private PostgresServer postgres;
    private ConductorServer conductor;
    private EmbeddedKafka kafka;
    private HttpRegistry registry;

    private TestEnvironment(Path folder) {
        this.folder = folder;
    }

    /** Returns once all answer, which takes a minute. What has started is stopped again if another does not. */
    static TestEnvironment start(Path folder) throws Exception {
        Prerequisites.all();
        TestEnvironment around = new TestEnvironment(folder);
        try {
            around.postgres = PostgresServer.start(folder);
            around.running.push(around.postgres::close);
            around.conductor = ConductorServer.start(folder, around.postgres);
            around.running.push(around.conductor::close);
            around.kafka = EmbeddedKafka.start(folder.resolve("kafka"));
            around.running.push(around.kafka::close);
            around.registry = HttpRegistry.start();
            around.running.push(around.registry::close);
            Debezium.prepare(around.postgres);
            return around;
        } catch (Exception | Error e) {
            around.close();
            throw e;
        }
    }

    /** Captures the task table; the topic for it has to be there. Stopped with the rest, if not before. */
    Debezium capture(Map<String, String> more) throws Exception {
        Debezium debezium = Debezium.start(folder, postgres, kafka, more);
        running.push(debezium::close);
        return debezium;
    }

    PostgresServer postgres() {
        return postgres;
    }

    ConductorServer conductor() {
        return conductor;
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    HttpRegistry registry() {
        return registry;
    }

    /** The last started first, each even if another fails. */
    @Override
    public void close() throws IOException {
        try {
            if (!running.isEmpty()) {
                running.pop().close();
            }
        } finally {
            if (!running.isEmpty()) {
                close();
            }
        }
    }
}

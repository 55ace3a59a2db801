package dev.ratchet.real;

import dev.ratchet.cluster.Ports;
import dev.ratchet.guard.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A stock Conductor on PostgreSQL, as its own process (CONDUCTOR.md §6). */
final class ConductorServer implements AutoCloseable {
    private static final int START_WITHIN_SECONDS = 240;

    private final List<String> command;
    private final String url;
    private ChildProcess process;

    private ConductorServer(List<String> command, String url) {
        this.command = command;
        this.url = url;
    }

    /** Returns once it is healthy, which takes half a minute; its tables are there then. */
    static ConductorServer start(Path folder, PostgresServer postgres) throws IOException {
        Jdk jdk = Prerequisites.jdk();
        Path jar = Prerequisites.conductorJar();
        int port = Ports.free();
        Path properties = Files.write(folder.resolve("conductor.properties"), properties(postgres));
        ConductorServer server = new ConductorServer(
                List.of(
                        jdk.java(),
                        "-Xmx768m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString(),
                        "--server.address=127.0.0.1",
                        "--server.port=" + port,
                        "--conductor.grpc-server.port=" + Ports.free(),
                        "--spring.config.additional-location=file:" + properties),
                "http://127.0.0.1:" + port);
        server.start();
        return server;
    }

    /** On the same port and database, after it was closed. */
    void start() throws IOException {
        process = ChildProcess.start("Conductor", LogFolder.of("conductor"), Map.of(), command);
        try {
            process.awaitReady(START_WITHIN_SECONDS, this::isHealthy);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static List<String> properties(PostgresServer postgres) {
        return List.of(
                "spring.datasource.url=jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + PostgresServer.DATABASE,
                "spring.datasource.username=postgres",
                "spring.datasource.password=postgres",
                "conductor.db.type=postgres",
                "conductor.queue.type=postgres",
                "conductor.indexing.type=postgres",
                "conductor.elasticsearch.version=0",
                "conductor.workflow-execution-lock.type=local_only",
                "conductor.app.ownerEmailMandatory=false");
    }

    /** The REST API, with its prefix. */
    String api() {
        return url + "/api";
    }

    private boolean isHealthy() {
        try {
            return new Rest(url).get("/health").path("healthy").asBoolean();
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}

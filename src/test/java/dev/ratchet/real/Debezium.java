package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.cluster.Ports;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.guard.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Kafka Connect as its own process, with the worker and the connector of {@code config/connect}. Of the worker only what
 * depends on the machine is set otherwise: addresses, folders.
 */
final class Debezium implements AutoCloseable {
    private static final Path CONFIG = Path.of("config", "connect");
    private static final int START_WITHIN_SECONDS = 120;
    private static final Pattern LOGGING = Pattern.compile("(slf4j-api|logback-(classic|core))-[^/]*$");

    private final ChildProcess process;
    private final Rest rest;
    private final String connector;

    private Debezium(ChildProcess process, Rest rest, String connector) {
        this.process = process;
        this.rest = rest;
        this.connector = connector;
    }

    /** What {@code config/connect/conductor.sql} does, and the password. Once for a database. */
    static void prepare(PostgresServer postgres) throws Exception {
        postgres.run(Files.readString(CONFIG.resolve("conductor.sql")));
        postgres.run("ALTER ROLE ratchet_cdc PASSWORD 'secret'");
    }

    /**
     * Returns once the connector's task is at work; the snapshot need not be over.
     *
     * @param folder where the offsets lie: the same folder, and it goes on where it was
     * @param more settings of the worker
     */
    static Debezium start(Path folder, PostgresServer postgres, EmbeddedKafka kafka, Map<String, String> more)
            throws IOException {
        int port = Ports.free();
        Path worker = folder.resolve("worker.properties");
        StringBuilder settings = new StringBuilder(Files.readString(CONFIG.resolve("standalone.properties")));
        settings.append("\nbootstrap.servers=").append(kafka.bootstrapServers());
        settings.append("\nlisteners=http://127.0.0.1:").append(port);
        settings.append("\noffset.storage.file.filename=").append(folder.resolve("connect.offsets"));
        // The connector is on the class path, and the folder for others is empty.
        settings.append("\nplugin.path=").append(Files.createDirectories(folder.resolve("plugins")));
        settings.append("\nplugin.discovery=service_load\n");
        more.forEach(
                (name, value) -> settings.append(name).append('=').append(value).append('\n'));
        Files.writeString(worker, settings);
        Path json = CONFIG.resolve("conductor-task.json");
        ChildProcess process = ChildProcess.start(
                "Kafka Connect",
                LogFolder.of("connect"),
                Map.of(
                        "CONDUCTOR_DB_HOST", "127.0.0.1",
                        "CONDUCTOR_DB_PORT", String.valueOf(postgres.port()),
                        "CONDUCTOR_DB_NAME", PostgresServer.DATABASE,
                        "CONDUCTOR_DB_USER", "ratchet_cdc",
                        "CONDUCTOR_DB_PASSWORD", "secret"),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile="
                                + Path.of("src", "test", "resources", "real", "logback.xml")
                                        .toAbsolutePath(),
                        "-cp",
                        classPath(),
                        "org.apache.kafka.connect.cli.ConnectStandalone",
                        worker.toString(),
                        json.toString()));
        String connector =
                Rest.JSON.readTree(Files.readString(json)).get("name").asText();
        Debezium debezium = new Debezium(process, new Rest("http://127.0.0.1:" + port), connector);
        try {
            process.awaitReady(START_WITHIN_SECONDS, debezium::isAtWork);
            return debezium;
        } catch (RuntimeException | Error e) {
            debezium.close();
            throw e;
        }
    }

    /** What the Maven profile has resolved for it, since its Jetty is not the tests', after the tests' logging. */
    private static String classPath() throws IOException {
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String logging = Stream.of(tests.split(File.pathSeparator))
                .filter(entry -> LOGGING.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
        return logging + File.pathSeparator + Files.readString(Prerequisites.connectClassPath());
    }

    /** Ends it in the middle, with all that it has not yet noted as done. */
    void kill() {
        process.kill();
    }

    private boolean isAtWork() {
        try {
            JsonNode tasks = rest.get("/connectors/" + connector + "/status").path("tasks");
            String state = tasks.path(0).path("state").asText();
            if (state.equals("FAILED")) {
                throw new AssertionError("Expected the connector to work, but it failed: " + tasks);
            }
            return state.equals("RUNNING");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}

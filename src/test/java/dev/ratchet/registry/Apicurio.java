package dev.ratchet.registry;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A real registry: Apicurio's server as its own process, in memory, with Confluent's API. */
public final class Apicurio implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static @Nullable Apicurio shared;

    private final int port;
    private final Path log;
    private Process process;

    private Apicurio(int port) throws IOException {
        this.port = port;
        log = Files.createTempFile(Path.of("target"), "apicurio", ".log");
        process = launch();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> process.destroyForcibly()));
    }

    /** One for all tests of this process, which ends with it: each is to use topics of its own. */
    public static synchronized Apicurio shared() throws IOException {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** One of its own, ready to be asked. */
    static Apicurio start() throws IOException {
        Apicurio apicurio = new Apicurio(freePort());
        apicurio.awaitReady();
        return apicurio;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Of Confluent's API. */
    public String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    /** Ends it, and what it held. */
    void stop() {
        process.destroyForcibly().onExit().join();
    }

    /** Empty again, at the same address. */
    void startAgain() throws IOException {
        process = launch();
        awaitReady();
    }

    /** {@return the answer's body} Without a body to send it is a GET, else a PUT. */
    String ask(String path, @Nullable String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json");
        if (body != null) {
            request.PUT(BodyPublishers.ofString(body));
        }
        HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
        return answer.body();
    }

    /** How many requests it has answered whose path and query contain the text, by its own account. */
    long answered(String text) throws IOException, InterruptedException {
        String last = "/subjects/last-" + UUID.randomUUID() + "/versions";
        ask(last, null); // its log is written in order: once this is there, so is all before
        await().atMost(PATIENCE).until(() -> requests().stream().anyMatch(line -> line.contains(last)));
        return requests().stream().filter(line -> line.contains(text)).count();
    }

    private List<String> requests() throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("apicurio-registry.access"))
                .toList();
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        unpacked()
                                .resolve("apicurio-registry-app-3.0.9-runner.jar")
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private void awaitReady() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError(
                        "Expected Apicurio's registry to start, but it ended: " + Files.readString(log));
            }
            try {
                return ask("/subjects", null).startsWith("[");
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    /** Unpacked once, and then only looked for. */
    private static Path unpacked() throws IOException {
        Path archive = DownloadedFiles.apicurio();
        Path there = Path.of("target", archive.getFileName() + ".unpacked").toAbsolutePath();
        if (!Files.isDirectory(there)) {
            Path making = Files.createTempDirectory(Path.of("target"), "unpacking");
            try {
                Process tar = new ProcessBuilder("tar", "xzf", archive.toString(), "-C", making.toString())
                        .inheritIO()
                        .start();
                if (tar.waitFor() != 0) {
                    throw new IOException(
                            "Expected tar to unpack " + archive + ", but it ended with " + tar.exitValue());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
            Files.move(making, there);
        }
        return there;
    }

    @Override
    public void close() {
        stop();
    }
}

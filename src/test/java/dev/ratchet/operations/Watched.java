package dev.ratchet.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ratchet.cluster.RatchetProcess;
import dev.ratchet.operations.Seen.Probe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** An instance of the packaged program, from its first answer on, and what it answers and logs. */
final class Watched implements AutoCloseable {
    static final String TOKEN = "of-the-tests";

    private static final Pattern LISTENING = Pattern.compile("Listening on (http://\\S+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    final RatchetProcess process;
    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Waits until the process listens. */
    Watched(RatchetProcess process) {
        this.process = process;
        await().atMost(Duration.ofMinutes(1))
                .failFast(
                        () -> assertThat(process.isAlive()).as(process.output()).isTrue())
                .until(() -> LISTENING.matcher(process.output()).find());
        Matcher listening = LISTENING.matcher(process.output());
        assertThat(listening.find()).isTrue();
        this.address = URI.create(listening.group(1));
    }

    /** Asks all four. */
    Seen now() {
        JsonNode status = get("/api/v1/status").map(Watched::json).orElse(MissingNode.getInstance());
        List<String> metrics = get("/metrics").stream()
                .flatMap(answer -> answer.body().lines())
                .filter(line -> !line.startsWith("#"))
                .toList();
        return new Seen(probe("/health/live"), probe("/health/ready"), status, metrics);
    }

    Probe probe(String path) {
        return get(path).map(Watched::probe).orElse(new Probe(0, List.of()));
    }

    /** {@return the whole log until now} */
    String log() {
        return process.output();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + TOKEN);
    }

    HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<HttpResponse<String>> get(String path) {
        try {
            return Optional.of(send(request(path).build()));
        } catch (IOException noAnswer) {
            return Optional.empty();
        }
    }

    private static Probe probe(HttpResponse<String> answer) {
        if (!answer.headers().firstValue("Content-Type").orElse("").contains("json")) {
            return new Probe(answer.statusCode(), List.of()); // of the closing server
        }
        List<String> failing = StreamSupport.stream(json(answer).path("checks").spliterator(), false)
                .filter(check -> check.path("status").asText().equals("DOWN"))
                .map(check -> check.path("name").asText())
                .toList();
        return new Probe(answer.statusCode(), failing);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError("Expected JSON, but got " + answer.body(), e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}

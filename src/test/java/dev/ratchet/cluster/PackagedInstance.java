package dev.ratchet.cluster;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code run} of the packaged program, and what it answers over HTTP. Sends the token if there is one. */
final class PackagedInstance implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on http://(\\S+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Longer than any answer without {@code wait} takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RatchetProcess process;
    private final Optional<String> token;

    private PackagedInstance(RatchetProcess process, Optional<String> token) {
        this.process = process;
        this.token = token;
    }

    static PackagedInstance start(Path folder, Map<String, String> values) throws IOException {
        return new PackagedInstance(
                RatchetProcess.start(folder, values, "run"), Optional.ofNullable(values.get("ratchet.http.token")));
    }

    RatchetProcess process() {
        return process;
    }

    boolean isListening() {
        return LISTENING.matcher(process.output()).find();
    }

    /** {@return HOST:PORT} */
    String address() {
        Matcher matcher = LISTENING.matcher(process.output());
        if (!matcher.find()) {
            throw new AssertionError("Expected it to listen, but: " + process.output());
        }
        return matcher.group(1);
    }

    /** Fails if there is no answer in time. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path, Duration.ZERO).build(), BodyHandlers.ofString());
    }

    /** Asks like another instance: it does not ask on. */
    HttpResponse<String> getHere(String path) throws IOException, InterruptedException {
        return client.send(
                request(path, Duration.ZERO).header("Ratchet-Hop", "1").build(), BodyHandlers.ofString());
    }

    /** @param wait how long the answer may take beyond that of {@link #get} */
    CompletableFuture<HttpResponse<String>> getLater(String path, Duration wait) {
        return client.sendAsync(request(path, wait).build(), BodyHandlers.ofString());
    }

    /** {@return the document; fails unless the status is 200} */
    JsonNode read(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    boolean isReady() throws IOException, InterruptedException {
        return isListening() && get("/health/ready").statusCode() == 200;
    }

    /** {@return all pages of the list of open alerts} Asks again for a page that is not complete, as on a busy machine. */
    List<JsonNode> alerts(int limit) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = alertPage("limit=" + limit + cursor);
            page.path("alerts").forEach(all::add);
            if (page.path("next").isNull()) {
                return all;
            }
            cursor = "&cursor=" + page.path("next").textValue();
        }
    }

    /** {@return a page of the list of open alerts of all partitions} */
    JsonNode alertPage(String query) {
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> read("/api/v1/alerts?" + query),
                        page -> page.path("missing").isEmpty());
    }

    /** {@return the sum of all values of a metric whose line begins so} */
    long sum(String prefix) throws IOException, InterruptedException {
        return (long) get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(prefix))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpRequest.Builder request(String path, Duration wait) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + address() + path)).timeout(PATIENCE.plus(wait));
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        return request;
    }

    @Override
    public void close() {
        process.close();
    }
}

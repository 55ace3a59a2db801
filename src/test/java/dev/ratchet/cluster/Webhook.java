package dev.ratchet.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.Recordings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Posts notifications like Conductor. */
final class Webhook {
    private static final Pattern LISTENING = Pattern.compile("Listening on (http://\\S+)");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** The day of all recordings. */
    private static final String RECORDED = "2026-11-22";

    /** A recorded notification and its URL path. */
    record Notification(String path, String body) {
        byte[] bytes() {
            return body.getBytes(ISO_8859_1);
        }
    }

    /** The value of ratchet.http.token, which callers have to send. */
    static final String TOKEN = "of-the-tests";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;

    private Webhook(URI address) {
        this.address = address;
    }

    /** The address that a process logs. */
    static Webhook of(RatchetProcess process) {
        Matcher matcher = LISTENING.matcher(process.output());
        if (!matcher.find()) {
            throw new AssertionError("Expected it to listen, but: " + process.output());
        }
        return new Webhook(URI.create(matcher.group(1)));
    }

    URI address() {
        return address;
    }

    /** Whether the process accepts notifications. */
    static boolean isServedBy(RatchetProcess process) {
        return process.output().contains("Accepting notifications on ");
    }

    /** Moved to yesterday: a machine's clock may be behind the recording, and Ratchet rejects future times. */
    static List<Notification> recorded(String name) {
        String yesterday = yesterday();
        return Recordings.lines(name + ".webhook").stream()
                .map(line -> notification(line, yesterday))
                .toList();
    }

    private static String yesterday() {
        return LocalDate.now(ZoneOffset.UTC).minusDays(1).toString();
    }

    static Notification task(String taskId) {
        return new Notification(
                "/conductor/tasks",
                "{\"taskId\":\"%s\",\"status\":\"SCHEDULED\",\"scheduledTime\":\"%sT15:03:37.318Z\"}"
                        .formatted(taskId, yesterday()));
    }

    /** {@return the HTTP status} */
    int post(Notification notification) {
        return postLater(notification).join();
    }

    /** {@return the body of a page} */
    String get(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT).build();
        return client.sendAsync(request, BodyHandlers.ofString()).join().body();
    }

    CompletableFuture<Integer> postLater(Notification notification) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(notification.path()))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + TOKEN)
                .POST(BodyPublishers.ofByteArray(notification.bytes()))
                .build();
        return client.sendAsync(request, BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    private static Notification notification(byte[] line, String day) {
        try {
            JsonNode request = new ObjectMapper().readTree(line);
            return new Notification(
                    request.get("url").asText(), request.get("body").asText().replace(RECORDED, day));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

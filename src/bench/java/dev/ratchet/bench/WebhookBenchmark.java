package dev.ratchet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.Recordings;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.webhook.WebhookReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Conductor's notifications of tasks, as recorded, to events: some 660 bytes each. */
@State(Scope.Thread)
public class WebhookBenchmark {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebhookReader reader = new WebhookReader();
    private final List<byte[]> records = Recordings.lines("stress_1.webhook").stream()
            .map(WebhookBenchmark::request)
            .filter(request -> request.path("url").asText().equals("/conductor/tasks"))
            .map(request -> request.path("body").asText().getBytes(StandardCharsets.UTF_8))
            .toList();
    private int next;

    @Benchmark
    public Reading read() {
        next = next + 1 < records.size() ? next + 1 : 0;
        return reader.read(records.get(next));
    }

    private static JsonNode request(byte[] line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

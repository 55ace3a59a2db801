package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged program answers about itself from its first second on, while what it needs is away. */
class HealthIT {
    private static final Pattern LISTENING = Pattern.compile("Listening on (http://[0-9.:]+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private EmbeddedKafka kafka;
    private HttpRegistry registry;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        registry = HttpRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
        kafka.close();
    }

    @Test
    void readinessFollowsStartAndLivenessSurvivesOutages() throws Exception {
        kafka.stop();
        try (RatchetProcess run = RatchetProcess.start(folder, values(), "run")) {
            awaiting(run).until(() -> LISTENING.matcher(run.output()).find());
            awaiting(run).until(() -> get(run, "/health/ready").body().contains("no Kafka broker answers"));
            assertThat(get(run, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(get(run, "/health/live").statusCode()).isEqualTo(200);
            assertThat(status(run).path("waitsFor").asText()).contains("no Kafka broker answers");
            assertThat(get(run, "/metrics").body()).contains("ratchet_streams_state{state=\"CREATED\"} 1");

            kafka.restart();
            awaiting(run).until(() -> get(run, "/health/ready").body().contains("the topics are not ready"));
            try (TopicAdmin admin = new TopicAdmin(settings().kafka())) {
                admin.apply(TopicPlan.of(settings()));
            }
            awaiting(run).until(() -> get(run, "/health/ready").statusCode() == 200);
            awaiting(run).until(() -> isReachable(run, "registry", true));
            awaiting(run).until(() -> status(run).at("/stream/timers").size() == 2);
            JsonNode status = status(run);
            assertThat(status.at("/stream/state").asText()).isEqualTo("RUNNING");
            assertThat(status.at("/stream/threads/0/activeTasks").toString()).isEqualTo("[\"0_0\",\"0_1\"]");
            assertThat(status.at("/stream/inputs").size()).isEqualTo(2);
            assertThat(status.at("/kafka/reachable").asBoolean()).isTrue();

            kafka.stop();
            registry.goAway();
            awaiting(run).until(() -> isReachable(run, "kafka", false) && isReachable(run, "registry", false));
            assertThat(get(run, "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(run, "/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(run, "/metrics").body())
                    .contains("ratchet_kafka_up 0", "ratchet_registry_up 0")
                    .contains("ratchet_streams_state{state=\"RUNNING\"} 1");

            kafka.restart();
            registry.comeBack();
            awaiting(run).until(() -> isReachable(run, "kafka", true) && isReachable(run, "registry", true));
            assertThat(run.output()).contains("Kafka is away since", "Kafka is back", "registry is back");
            assertThat(run.terminate()).as(run.output()).isEqualTo(143);
        }
    }

    @Test
    void linesAreJsonAndLevelChangesAtRunTime() throws Exception {
        kafka.stop();
        Map<String, String> values = new HashMap<>(values());
        values.putAll(Map.of("ratchet.log.format", "json", "ratchet.http.token", Webhook.TOKEN));
        try (RatchetProcess run = RatchetProcess.start(folder, values, "run")) {
            awaiting(run).until(() -> run.output().contains("RATCHET-1015"));
            String path = "/api/v1/loggers/org.eclipse.jetty";
            assertThat(put(run, path, "").statusCode()).isEqualTo(401);
            HttpResponse<String> changed = put(run, path, "Bearer " + Webhook.TOKEN);
            assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
            assertThat(get(run, "/conductor/tasks/").statusCode()).isEqualTo(404);
            awaiting(run).until(() -> run.output().contains("\"level\":\"DEBUG\""));
            assertThat(run.terminate()).isEqualTo(143);
            assertThat(run.output().lines()).allSatisfy(line -> {
                JsonNode json = JSON.readTree(line);
                assertThat(json.path("timestamp").asText()).matches("20\\d\\d-.*Z");
                assertThat(json.path("level").asText()).isIn("DEBUG", "INFO", "WARN", "ERROR");
                assertThat(json.has("message")).isTrue();
            });
            assertThat(run.output()).contains("\"code\":\"RATCHET-1015\"", "\"code\":\"RATCHET-2210\"");
        }
    }

    private ConditionFactory awaiting(RatchetProcess run) {
        return await().atMost(Duration.ofMinutes(2))
                .failFast(() -> assertThat(run.isAlive()).as(run.output()).isTrue());
    }

    private boolean isReachable(RatchetProcess run, String service, boolean reachable) throws Exception {
        JsonNode answer = status(run).path(service).path("reachable");
        return answer.isBoolean() && answer.asBoolean() == reachable;
    }

    private JsonNode status(RatchetProcess run) throws Exception {
        return JSON.readTree(get(run, "/api/v1/status").body());
    }

    private HttpResponse<String> get(RatchetProcess run, String path) throws Exception {
        return client.send(request(run, path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> put(RatchetProcess run, String path, String authorization) throws Exception {
        return client.send(
                request(run, path)
                        .header("Authorization", authorization)
                        .PUT(BodyPublishers.ofString("{\"level\":\"DEBUG\"}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(RatchetProcess run, String path) {
        Matcher address = LISTENING.matcher(run.output());
        assertThat(address.find()).isTrue();
        return HttpRequest.newBuilder(URI.create(address.group(1) + path)).timeout(Duration.ofSeconds(10));
    }

    private Settings settings() {
        return Settings.load(Optional.empty(), Map.of(), values());
    }

    private Map<String, String> values() {
        return Map.of(
                "ratchet.topic.partitions",
                "2",
                "ratchet.state.dir",
                folder.resolve("state").toString(),
                "ratchet.schema.registry.url",
                registry.url(),
                "ratchet.serde.max.retries",
                "0",
                "ratchet.http.port",
                "0",
                "ratchet.start.timeout",
                "PT5M",
                "kafka.admin.default.api.timeout.ms",
                "5000",
                "kafka.admin.request.timeout.ms",
                "5000",
                "kafka.bootstrap.servers",
                kafka.bootstrapServers());
    }
}

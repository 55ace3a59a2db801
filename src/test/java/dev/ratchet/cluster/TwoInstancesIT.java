package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.Recordings.Recorded;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances of the packaged program: what they answer about themselves and about tasks while one joins, is killed, and
 * comes back with its state.
 */
@Timeout(600)
class TwoInstancesIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final String UP = "200";
    private static final int PARTITIONS = 4;
    private static final int TASKS = 100;
    private static final int RECEIPTS = 12;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

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
    void survivorAnswersForAllTasksAfterFailover() throws Exception {
        joinKillAndReturn(Map.of());
    }

    @Test
    void survivorWithTokenAndStandbysAnswersForAllTasksAfterFailover() throws Exception {
        joinKillAndReturn(Map.of("ratchet.http.token", Webhook.TOKEN, "kafka.num.standby.replicas", "1"));
    }

    private void joinKillAndReturn(Map<String, String> more) throws Exception {
        try (PackagedInstance stays = launch("a", more)) {
            awaiting(stays).until(stays::isListening);
            assertThat(probe(stays, "ready")).startsWith("503 stream");
            assertThat(probe(stays, "live")).isEqualTo(UP);
            applyTopics();
            awaiting(stays).until(stays::isReady);
            Inputs.produce(settings(Map.of()), lostUpdates(0, TASKS));

            try (Sampler live = Sampler.of(() -> probe(stays, "live"));
                    Sampler ready = Sampler.of(() -> probe(stays, "ready"))) {
                try (PackagedInstance killed = launch("b", more)) {
                    join(stays, killed);
                    assertThat(ready.take()).as("ready while another joins").containsOnlyKeys(UP);
                    assertAnswersAreTheSame(stays, killed, TASKS);
                    assertReceiptsArrive(stays, killed);

                    List<CompletableFuture<HttpResponse<String>>> waiting = receipts(stays, "waiting-");
                    killed.process().kill();
                    assertSurvivorSaysWhatItCannotAnswer(stays, killed);
                    Inputs.produce(settings(Map.of()), completed("waiting-"));
                    assertThat(responses(waiting))
                            .allSatisfy(response -> assertThat(response)
                                    .matches("200 .*\"reached\":true.*|503 .*" + killed.address()
                                            + ".*|503 .*cannot now:.*"));
                }
                Inputs.produce(settings(Map.of()), lostUpdates(TASKS, 2 * TASKS));
                awaitAllAnswered(stays, 2 * TASKS);
                assertThat(live.take()).as("live").containsOnlyKeys(UP);
                assertThat(ready.take().keySet())
                        .as("ready while partitions are taken over")
                        .allMatch(answer -> answer.equals(UP) || answer.startsWith("503 stores"));
                assertThat(probe(stays, "ready")).isEqualTo(UP);
                assertThat(responses(receipts(stays, "waiting-")))
                        .allSatisfy(response -> assertThat(response).matches("200 .*\"reached\":true.*"));
                awaitSums(2 * TASKS, stays);

                try (PackagedInstance returned = launch("b", more)) {
                    join(stays, returned);
                    assertThat(ready.take()).as("ready while another returns").containsOnlyKeys(UP);
                    assertAnswersAreTheSame(stays, returned, 2 * TASKS);
                }
                assertThat(live.take()).as("live").containsOnlyKeys(UP);
            }
        }
    }

    /** Not ready at first, then ready, with a share of the partitions. */
    private void join(PackagedInstance stays, PackagedInstance joins) throws Exception {
        awaiting(joins).until(joins::isListening);
        assertThat(probe(joins, "ready")).startsWith("503 stream");
        assertThat(probe(joins, "live")).isEqualTo(UP);
        awaiting(joins).until(joins::isReady);
        awaiting(joins).until(() -> {
            int own = timers(joins);
            return own > 0 && timers(stays) > 0 && own + timers(stays) == PARTITIONS;
        });
        awaiting(joins).until(() -> isComplete(stays) && isComplete(joins));
        assertThat(probe(joins, "ready")).isEqualTo(UP);
    }

    private void assertAnswersAreTheSame(PackagedInstance one, PackagedInstance other, int tasks) throws Exception {
        awaitAllAnswered(one, tasks);
        awaitAllAnswered(other, tasks);
        Set<Boolean> isOwn = new TreeSet<>();
        for (int i = 0; i < tasks; i++) {
            String path = "/api/v1/tasks/t" + i;
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(other.read(path)).isEqualTo(one.read(path)));
            isOwn.add(one.getHere(path).statusCode() == 200);
        }
        assertThat(isOwn).as("answered with own state, and asked the other").containsExactly(false, true);
        assertThat(one.get("/api/v1/tasks/none").statusCode()).isEqualTo(404);
        assertThat(other.get("/api/v1/tasks/none").statusCode()).isEqualTo(404);
        await().atMost(TIMEOUT).untilAsserted(() -> {
            assertThat(taskIds(one.alerts(30)))
                    .hasSize(tasks)
                    .doesNotHaveDuplicates()
                    .isEqualTo(taskIds(other.alerts(30)));
        });
        awaitSums(tasks, one, other);
    }

    private void assertReceiptsArrive(PackagedInstance one, PackagedInstance other) throws Exception {
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>(receipts(one, "receipt-"));
        waiting.addAll(receipts(other, "receipt-"));
        Inputs.produce(settings(Map.of()), completed("receipt-"));
        assertThat(responses(waiting))
                .allSatisfy(response -> assertThat(response).matches("200 .*\"reached\":true.*"));
    }

    private static void assertSurvivorSaysWhatItCannotAnswer(PackagedInstance survivor, PackagedInstance killed)
            throws Exception {
        Map<Integer, Integer> statuses = new HashMap<>();
        for (int i = 0; i < TASKS; i++) {
            HttpResponse<String> response = survivor.get("/api/v1/tasks/t" + i);
            statuses.merge(response.statusCode(), 1, Integer::sum);
            if (response.statusCode() == 503) {
                assertThat(response.body()).contains("Expected instance " + killed.address() + " to answer");
                assertThat(response.headers().firstValue("Retry-After")).isPresent();
            }
        }
        assertThat(statuses).containsOnlyKeys(200, 503);
        JsonNode partial = survivor.read("/api/v1/alerts?limit=1000");
        assertThat(partial.path("missing").toString()).contains(killed.address());
        assertThat(partial.path("alerts").size()).isEqualTo(statuses.get(200));
    }

    /** Until then each known task is 503 with a reason, never 404, and each answer comes in time. */
    private void awaitAllAnswered(PackagedInstance instance, int tasks) {
        Set<Integer> known = new TreeSet<>();
        awaiting(instance).until(() -> {
            int answered = 0;
            for (int i = 0; i < tasks; i++) {
                HttpResponse<String> response = instance.get("/api/v1/tasks/t" + i);
                if (response.statusCode() == 200) {
                    known.add(i);
                    answered++;
                } else if (known.contains(i) || response.statusCode() != 404) {
                    assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
                    assertThat(response.body()).containsAnyOf("Expected instance ", "cannot now: ");
                }
            }
            return answered == tasks;
        });
        awaiting(instance).until(() -> isComplete(instance));
    }

    private static void awaitSums(int tasks, PackagedInstance... instances) {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            assertThat(sum("ratchet_alerts_open{kind=\"LOST_UPDATE\"}", instances))
                    .isEqualTo(tasks);
            assertThat(sum("ratchet_alerts_open{", instances)).isEqualTo(tasks);
            assertThat(sum("ratchet_tasks{status=\"COMPLETED\"}", instances))
                    .isEqualTo(sum("ratchet_tasks{", instances))
                    .isGreaterThanOrEqualTo(tasks);
        });
    }

    private static long sum(String metric, PackagedInstance... instances) throws Exception {
        long sum = 0;
        for (PackagedInstance instance : instances) {
            sum += instance.sum(metric);
        }
        return sum;
    }

    /** {@return the status, and the failed checks if it is not 200} */
    private static String probe(PackagedInstance instance, String probe) throws Exception {
        HttpResponse<String> response = instance.get("/health/" + probe);
        if (response.statusCode() == 200) {
            return UP;
        }
        List<String> failed = new ArrayList<>();
        JSON.readTree(response.body()).path("checks").forEach(check -> {
            if (check.path("status").asText().equals("DOWN")) {
                failed.add(check.path("name").asText() + ": "
                        + check.path("detail").asText());
            }
        });
        return response.statusCode() + " " + String.join("; ", failed);
    }

    private static List<CompletableFuture<HttpResponse<String>>> receipts(PackagedInstance instance, String prefix) {
        return numbered(prefix)
                .map(task -> instance.getLater(
                        "/api/v1/tasks/%s?atLeast=COMPLETED&wait=%ds".formatted(task, WAIT.toSeconds()), WAIT))
                .toList();
    }

    private static List<String> responses(List<CompletableFuture<HttpResponse<String>>> requests) {
        return requests.stream()
                .map(CompletableFuture::join)
                .map(response -> response.statusCode() + " " + response.body())
                .toList();
    }

    private static List<String> taskIds(List<JsonNode> alerts) {
        return alerts.stream().map(alert -> alert.path("taskId").textValue()).toList();
    }

    private static boolean isComplete(PackagedInstance instance) throws Exception {
        HttpResponse<String> response = instance.get("/api/v1/alerts");
        return response.statusCode() == 200
                && JSON.readTree(response.body()).path("missing").isEmpty();
    }

    /** {@return the number of partitions whose timers an instance has enabled} */
    private static int timers(PackagedInstance instance) throws Exception {
        return (int) instance.sum("ratchet_timers_enabled{");
    }

    private static Stream<String> numbered(String prefix) {
        return Stream.iterate(0, i -> i < RECEIPTS, i -> i + 1).map(i -> prefix + i);
    }

    private static List<Recorded> completed(String prefix) {
        return numbered(prefix)
                .map(task -> SteadyRecords.record(task, "COMPLETED", 1))
                .toList();
    }

    private static List<Recorded> lostUpdates(int from, int to) {
        List<Recorded> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            records.add(SteadyRecords.record("t" + i, "COMPLETED", 1));
            records.add(SteadyRecords.record("t" + i, "IN_PROGRESS", 2));
        }
        return records;
    }

    private static ConditionFactory awaiting(PackagedInstance instance) {
        return await().atMost(TIMEOUT)
                .failFast(() -> assertThat(instance.process().isAlive())
                        .as(instance.process().output())
                        .isTrue());
    }

    private void applyTopics() {
        try (TopicAdmin topics = new TopicAdmin(settings(Map.of()).kafka())) {
            topics.apply(TopicPlan.of(settings(Map.of())));
        }
    }

    private PackagedInstance launch(String name, Map<String, String> more) throws Exception {
        Map<String, String> values = values(more);
        values.put("ratchet.state.dir", folder.resolve(name).toString());
        return PackagedInstance.start(folder, values);
    }

    private Settings settings(Map<String, String> more) {
        return Settings.load(Optional.empty(), Map.of(), values(more));
    }

    private Map<String, String> values(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.put("ratchet.source", "debezium");
        values.put("ratchet.topic.partitions", String.valueOf(PARTITIONS));
        values.put("ratchet.http.port", "0");
        values.put("ratchet.schema.registry.url", registry.url());
        values.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        return values;
    }
}

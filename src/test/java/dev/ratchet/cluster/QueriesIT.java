package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Queries of two instances that share the partitions. */
@Timeout(300)
class QueriesIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final int TASKS = 40;

    @TempDir
    Path folder;

    private EmbeddedKafka kafka;

    @BeforeEach
    void startKafka() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        try (TopicAdmin topics = new TopicAdmin(settings("any").kafka())) {
            topics.apply(TopicPlan.of(settings("any")));
        }
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void eitherInstanceAnswersForAnyTask() throws Exception {
        try (QueryingInstance one = start("one");
                QueryingInstance two = start("two")) {
            produceLostUpdates(TASKS);
            awaitSharing(one, two);
            for (int i = 0; i < TASKS; i++) {
                String task = "tasks/t" + i + "?atLeast=COMPLETED&wait=30s";
                await().atMost(TIMEOUT).until(() -> one.get(task).statusCode() == 200);
                JsonNode found = one.read(task);
                assertThat(found.path("receipt").path("reached").booleanValue()).isTrue();
                assertThat(found.path("workflowId").textValue()).isEqualTo("w" + i);
                await().atMost(TIMEOUT)
                        .until(() -> one.read(task).path("alerts").size() == 1);
                assertThat(two.read(task)).isEqualTo(one.read(task));
            }
            assertThat(one.get("tasks/none").statusCode()).isEqualTo(404);
            assertThat(two.get("tasks/none").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void listsHoldEachRecordOnceFromEitherInstance() throws Exception {
        try (QueryingInstance one = start("one");
                QueryingInstance two = start("two")) {
            awaitSharing(one, two);
            produceLostUpdates(TASKS);
            for (int i = 0; i < TASKS; i++) {
                Inputs.produce(kafka.bootstrapServers(), "conductor.public.task", "bad" + i, new byte[] {'{'});
            }
            for (QueryingInstance instance : List.of(one, two)) {
                await().atMost(TIMEOUT)
                        .until(() -> pages(instance, "alerts?limit=7", "alerts").size() == TASKS);
                await().atMost(TIMEOUT)
                        .until(() -> pages(instance, "dead-letters?limit=7", "records")
                                        .size()
                                == TASKS);
                List<JsonNode> alerts = pages(instance, "alerts?limit=7", "alerts");
                assertThat(alerts)
                        .extracting(alert -> alert.path("taskId").textValue())
                        .doesNotHaveDuplicates();
                assertThat(alerts)
                        .extracting(alert -> alert.path("openedAt").textValue())
                        .isSorted();
                assertThat(instance.read("alerts")
                                .path("counts")
                                .path("LOST_UPDATE")
                                .intValue())
                        .isEqualTo(TASKS);
                assertThat(instance.read("alerts?kind=STUCK").path("alerts")).isEmpty();
                assertThat(instance.read("alerts?workflowId=w3").path("alerts")).hasSize(1);
                assertThat(instance.read("alerts?taskType=HTTP").path("alerts")).hasSize(TASKS);
                assertThat(instance.read("alerts?taskType=SIMPLE").path("alerts"))
                        .isEmpty();
                assertThat(instance.read("alerts?minAge=1h").path("alerts")).isEmpty();

                List<JsonNode> rejections = pages(instance, "rejections?limit=7", "records");
                assertThat(rejections)
                        .extracting(record -> record.path("key").textValue())
                        .hasSize(TASKS)
                        .doesNotHaveDuplicates();
                assertThat(instance.read("rejections?taskId=t5").path("records"))
                        .singleElement()
                        .satisfies(record -> assertThat(
                                        record.path("value").path("reason").textValue())
                                .isEqualTo("BACKWARD_TRANSITION"));
                assertThat(instance.read("rejections?reason=DUPLICATE").path("records"))
                        .isEmpty();
                assertThat(instance.read("rejections?since=1h&limit=1000").path("records"))
                        .hasSize(TASKS);
                assertThat(pages(instance, "dead-letters?limit=7&category=MALFORMED", "records"))
                        .hasSize(TASKS);
                assertThat(pages(instance, "dead-letters?limit=7&category=TOO_LARGE", "records"))
                        .isEmpty();
            }
            assertThat(one.get("repairs").statusCode()).isEqualTo(404);
            assertThat(one.get("rejections?cursor=MDow").statusCode()).isEqualTo(200);
            assertThat(one.get("rejections?cursor=OTk6MA").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void anotherInstanceAnswersAfterTheOwnerHasGone() throws Exception {
        try (QueryingInstance survivor = start("one")) {
            produceLostUpdates(TASKS);
            try (QueryingInstance owner = start("two")) {
                awaitSharing(survivor, owner);
                await().atMost(TIMEOUT)
                        .until(() -> pages(survivor, "alerts", "alerts").size() == TASKS);
                owner.closeServer();
                Set<Integer> statuses = new HashSet<>();
                for (int i = 0; i < TASKS; i++) {
                    HttpResponse<String> response = survivor.get("tasks/t" + i);
                    statuses.add(response.statusCode());
                    if (response.statusCode() == 503) {
                        assertThat(response.body()).contains("Expected instance " + owner.address() + " to answer");
                        assertThat(response.headers().firstValue("Retry-After")).isPresent();
                    }
                }
                assertThat(statuses).containsExactlyInAnyOrder(200, 503);
                JsonNode partial = survivor.read("alerts");
                assertThat(partial.path("missing").get(0).path("reason").textValue())
                        .contains("instance " + owner.address() + " does not answer");
                assertThat(partial.path("partitions").size()
                                + partial.path("missing")
                                        .get(0)
                                        .path("partitions")
                                        .size())
                        .isEqualTo(4);
                assertThat(partial.path("alerts").size()).isBetween(1, TASKS - 1);
            }
            await().atMost(TIMEOUT).untilAsserted(() -> {
                for (int i = 0; i < TASKS; i++) {
                    assertThat(survivor.get("tasks/t" + i).statusCode()).isEqualTo(200);
                }
                assertThat(survivor.read("alerts").path("missing")).isEmpty();
            });
        }
    }

    @Test
    void knownTaskIsNeverUnknownWhilePartitionsMove() throws Exception {
        produceLostUpdates(TASKS);
        try (QueryingInstance stays = start("one")) {
            await().atMost(TIMEOUT).until(() -> IntStream.range(0, TASKS).allMatch(i -> status(stays, i) == 200));
            AtomicBoolean isOver = new AtomicBoolean();
            CompletableFuture<Map<Integer, Integer>> asking = CompletableFuture.supplyAsync(() -> {
                Map<Integer, Integer> statuses = new HashMap<>();
                while (!isOver.get()) {
                    for (int i = 0; i < TASKS; i++) {
                        statuses.merge(status(stays, i), 1, Integer::sum);
                    }
                }
                return statuses;
            });
            for (int i = 0; i < 2; i++) {
                try (QueryingInstance comes = start("two")) {
                    awaitSharing(stays, comes);
                }
                await().atMost(TIMEOUT).until(() -> stays.instances() == 1 && isComplete(stays));
            }
            isOver.set(true);
            assertThat(asking.join()).containsKey(200).doesNotContainKey(404);
            assertThat(asking.join().keySet()).isSubsetOf(200, 503);
        }
    }

    @Test
    void manyAlertsAreListedOnceEach() throws Exception {
        int many = 100_000;
        produceLostUpdates(many);
        try (QueryingInstance one = start("one");
                QueryingInstance two = start("two")) {
            awaitSharing(one, two);
            await().atMost(TIMEOUT).until(() -> {
                JsonNode page = one.read("alerts?limit=1");
                return page.path("counts").path("LOST_UPDATE").intValue() == many
                        && page.path("missing").isEmpty();
            });
            List<JsonNode> alerts = pages(two, "alerts?limit=1000", "alerts");
            Set<String> tasks = new HashSet<>();
            alerts.forEach(alert -> tasks.add(alert.path("taskId").textValue()));
            assertThat(alerts).hasSize(many);
            assertThat(tasks).hasSize(many);
        }
    }

    private static int status(QueryingInstance instance, int task) {
        try {
            return instance.get("tasks/t" + task).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until both have partitions, and all can be read. */
    private static void awaitSharing(QueryingInstance one, QueryingInstance other) {
        await().atMost(TIMEOUT).until(() -> one.instances() == 2 && other.instances() == 2);
        await().atMost(TIMEOUT).until(() -> isComplete(one) && isComplete(other));
    }

    private static boolean isComplete(QueryingInstance instance) throws Exception {
        return instance.get("alerts").statusCode() == 200
                && instance.read("alerts").path("missing").isEmpty();
    }

    /** All pages of a list. */
    private static List<JsonNode> pages(QueryingInstance instance, String path, String list) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        JsonNode page = instance.read(path);
        while (true) {
            page.path(list).forEach(all::add);
            if (page.path("next").isNull()) {
                return all;
            }
            page = instance.read(path + (path.contains("?") ? "&" : "?") + "cursor="
                    + page.path("next").textValue());
        }
    }

    private void produceLostUpdates(int tasks) throws Exception {
        List<Recorded> records = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            records.add(row(i, "COMPLETED", 2L * i + 1));
            records.add(row(i, "IN_PROGRESS", 2L * i + 2));
        }
        Inputs.produce(settings("any"), records);
    }

    private static Recorded row(int task, String status, long position) {
        return new Recorded(
                "t" + task,
                ("{\"op\":\"u\",\"after\":{\"task_id\":\"t%d\",\"json_data\":\"{\\\"status\\\":\\\"%s\\\","
                                + "\\\"taskType\\\":\\\"HTTP\\\",\\\"workflowInstanceId\\\":\\\"w%d\\\"}\"},"
                                + "\"source\":{\"lsn\":%d,\"ts_ms\":%d}}")
                        .formatted(task, status, task, position, position));
    }

    private QueryingInstance start(String name) {
        return QueryingInstance.start(settings(name));
    }

    private Settings settings(String instance) {
        return Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "ratchet.source", "debezium",
                        "ratchet.topic.partitions", "4",
                        "ratchet.http.port", "0",
                        "ratchet.state.dir", folder.resolve(instance).toString(),
                        "ratchet.schema.registry.url", "mock://" + folder.getFileName(),
                        "kafka.main.consumer.session.timeout.ms", "6000",
                        "kafka.bootstrap.servers", kafka.bootstrapServers()));
    }
}

package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.cluster.Webhook.Notification;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.webhook.WebhookReader;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.task.Outcome;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskState;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.TaskStatusChange;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhook notifications posted to the packaged program: those answered with 200 reach the outputs. */
class WebhookIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** Enough to have some on each of the two partitions. */
    private static final List<String> MARKERS =
            IntStream.range(0, 20).mapToObj(i -> "marker-" + i).toList();

    @TempDir
    Path folder;

    private EmbeddedKafka kafka;
    private HttpRegistry registry;
    private Settings settings;
    private Outputs outputs;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        registry = HttpRegistry.start();
        settings = Settings.load(Optional.empty(), Map.of(), values());
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            admin.apply(TopicPlan.of(settings));
        }
        outputs = new Outputs(settings, SchemaRegistry.of(settings.serde()));
    }

    @AfterEach
    void stop() {
        outputs.close();
        registry.close();
        kafka.close();
    }

    @Test
    void recordedNotificationsProduceExpectedOutputsOnce() throws Exception {
        List<Notification> recorded = Webhook.recorded("stress_1");
        Map<String, TaskState> expected = fold(recorded);
        long revisions = expected.values().stream()
                .mapToLong(state -> state.published().revision())
                .sum();
        try (RatchetProcess run = run(Map.of())) {
            Webhook webhook = Webhook.of(run);
            assertThat(recorded).allSatisfy(one -> assertThat(webhook.post(one)).isEqualTo(200));
            await().atMost(TIMEOUT).until(() -> outputs.poll().changes.size() >= revisions);
            assertThat(last(outputs.changes))
                    .hasSameSizeAs(expected)
                    .allSatisfy((taskId, change) -> assertMatches(change, expected.get(taskId)));

            assertThat(recorded).allSatisfy(one -> assertThat(webhook.post(one)).isEqualTo(200));
            MARKERS.forEach(
                    marker -> assertThat(webhook.post(Webhook.task(marker))).isEqualTo(200));
            await().atMost(TIMEOUT).until(() -> taskIds(outputs.poll()).containsAll(MARKERS));
            assertThat(outputs.changes).hasSize((int) revisions + MARKERS.size());
            assertThat(outputs.deadLetters).isEmpty();

            assertThat(run.terminate()).as(run.output()).isEqualTo(143);
            assertThat(run.output()).contains("Stopped").doesNotContain("ERROR", "Refused", "\tat ");
        }
    }

    @Test
    void notificationIsRetriedWhileBrokerIsUnavailable() throws Exception {
        try (RatchetProcess run = run(Map.of())) {
            Webhook webhook = Webhook.of(run);
            assertThat(webhook.post(Webhook.task("before"))).isEqualTo(200);
            await().atMost(TIMEOUT).until(() -> taskIds(outputs.poll()).contains("before")); // the stream runs

            kafka.stop();
            assertThat(webhook.post(Webhook.task("meanwhile"))).isEqualTo(503);
            assertThat(webhook.post(Webhook.task("meanwhile"))).isEqualTo(503);

            kafka.restart();
            await().atMost(TIMEOUT).until(() -> webhook.post(Webhook.task("meanwhile")) == 200);
            await().atMost(TIMEOUT).until(() -> taskIds(outputs.poll()).contains("meanwhile"));
            assertThat(run.output())
                    .containsOnlyOnce("RATCHET-4104 Refused a notification, UNAVAILABLE")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void acceptedNotificationsOfBurstAreNotLost() throws Exception {
        try (RatchetProcess run = run(Map.of("ratchet.intake.max.in.flight", "2"))) {
            Webhook webhook = Webhook.of(run);
            Map<String, Integer> answers = new HashMap<>();
            await().atMost(TIMEOUT).until(() -> {
                answers.putAll(burst(webhook, answers.size()));
                return answers.containsValue(503) && answers.containsValue(200);
            });
            assertThat(answers).allSatisfy((task, status) -> assertThat(status).isIn(200, 503));
            Set<String> taken = answers.entrySet().stream()
                    .filter(answer -> answer.getValue() == 200)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            await().atMost(TIMEOUT).until(() -> taskIds(outputs.poll()).containsAll(taken));
        }
    }

    @Test
    void occupiedPortPrintsOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RatchetProcess run = RatchetProcess.start(
                        folder, with(Map.of("ratchet.http.port", String.valueOf(taken.getLocalPort()))), "run")) {
            assertThat(run.await()).as(run.output()).isEqualTo(1);
            assertThat(run.output())
                    .contains("Expected to listen on 127.0.0.1:" + taken.getLocalPort())
                    .doesNotContain("ERROR", "\tat ");
        }
    }

    private static Map<String, Integer> burst(Webhook webhook, int first) {
        Map<String, CompletableFuture<Integer>> posted = IntStream.range(first, first + 100)
                .mapToObj(i -> "burst-" + i)
                .collect(Collectors.toMap(Function.identity(), task -> webhook.postLater(Webhook.task(task))));
        Map<String, Integer> answers = new HashMap<>();
        posted.forEach((task, answer) -> answers.put(task, answer.join()));
        return answers;
    }

    private static Map<String, TaskState> fold(List<Notification> notifications) {
        Map<String, TaskState> states = new HashMap<>();
        for (Notification one : notifications) {
            if (new WebhookReader().read(one.bytes()) instanceof Reading.Event read) {
                String id = read.event().task().taskId();
                TaskState state = states.get(id);
                Outcome outcome = state == null
                        ? StatusReducer.reduceFirst(read.event())
                        : StatusReducer.reduce(state, read.event());
                states.put(id, outcome.state());
            }
        }
        return states;
    }

    private static void assertMatches(TaskStatusChange change, TaskState expected) {
        assertThat(change.getStatus().name())
                .isEqualTo(expected.current().status().name());
        assertThat(change.getRevision()).isEqualTo(expected.published().revision());
        assertThat(change.getSource().name()).isEqualTo("WEBHOOK");
    }

    private static Map<String, TaskStatusChange> last(List<TaskStatusChange> changes) {
        return changes.stream()
                .collect(Collectors.toMap(TaskStatusChange::getTaskId, Function.identity(), (before, after) -> after));
    }

    private static Set<String> taskIds(Outputs outputs) {
        Set<String> ids = new LinkedHashSet<>();
        outputs.changes.forEach(change -> ids.add(change.getTaskId()));
        return ids;
    }

    private RatchetProcess run(Map<String, String> more) throws Exception {
        RatchetProcess run = RatchetProcess.start(folder, with(more), "run");
        await().atMost(TIMEOUT).until(() -> Webhook.isServedBy(run));
        return run;
    }

    private Map<String, String> with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(values());
        all.putAll(more);
        return all;
    }

    private Map<String, String> values() {
        return Map.of(
                "ratchet.topic.partitions",
                "2",
                "ratchet.state.dir",
                folder.resolve("state").toString(),
                "ratchet.schema.registry.url",
                registry.url(),
                "ratchet.http.port",
                "0",
                "ratchet.intake.mode",
                "on",
                "ratchet.http.token",
                Webhook.TOKEN,
                "kafka.main.consumer.session.timeout.ms",
                "6000",
                "kafka.bootstrap.servers",
                kafka.bootstrapServers());
    }
}

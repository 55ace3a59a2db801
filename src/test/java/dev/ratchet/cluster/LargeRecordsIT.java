package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.http.HttpServer;
import dev.ratchet.ingest.webhook.WebhookCounters;
import dev.ratchet.ingest.webhook.WebhookIntake;
import dev.ratchet.ingest.webhook.WebhookOutcome;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.deadletter.DeadLetterCategory;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.task.TextLimits;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records far larger than a producer's default limit, on a real broker: they affect no other task and no thread. */
class LargeRecordsIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int INPUT_BYTES = 32 << 20;
    private static final String REASON = "<html>" + "e".repeat(1_500_000);
    private static final String ID = "i".repeat(2 << 20);
    private static final String CUT = TextLimits.cut(REASON, TextLimits.REASON);

    @TempDir
    Path folder;

    private EmbeddedKafka kafka;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    @Test
    void largeCdcRecordsAffectNoOtherTask() throws Exception {
        Settings settings = prepared("debezium");
        List<ProducerRecord<String, byte[]>> rows = new ArrayList<>(List.of(
                row("before", "IN_PROGRESS", 1, ""),
                row("http", "IN_PROGRESS", 2, ""),
                row("http", "FAILED", 3, ",\"reasonForIncompletion\":\"" + REASON + "\""),
                row(
                        "large",
                        "COMPLETED",
                        4,
                        ",\"inputData\":{},\"outputData\":{\"x\":\"" + "o".repeat(8 << 20) + "\"}"),
                row(ID, "COMPLETED", 5, ""),
                row("workflow", "COMPLETED", 6, ",\"workflowInstanceId\":\"" + ID + "\""),
                row("http", "IN_PROGRESS", 7, ""),
                row("large", "IN_PROGRESS", 8, ""),
                row("before", "COMPLETED", 9, ""),
                row("after", "COMPLETED", 10, "")));
        send(rows);
        assertOtherTasksUnaffected(settings, rows.size(), outputs -> {
            assertThat(command(outputs, "http").getReasonForIncompletion()).isEqualTo(CUT);
            assertThat(command(outputs, "large").getPayloadIncomplete()).isTrue();
            assertThat(command(outputs, "large").getOutput()).isNull();
        });
    }

    @Test
    void largeNativeEventsAffectNoOtherTask() throws Exception {
        Settings settings = prepared("native");
        List<ProducerRecord<String, byte[]>> events = new ArrayList<>();
        events.add(event(settings, "before", TaskStatus.IN_PROGRESS, 1));
        events.add(event(settings, "http", TaskStatus.IN_PROGRESS, 2));
        TaskStatusEvent failed = avro("http", TaskStatus.FAILED, 3);
        failed.setReasonForIncompletion(REASON);
        events.add(event(settings, failed));
        TaskStatusEvent large = avro("large", TaskStatus.COMPLETED, 4);
        large.setOutput("{\"x\":\"" + "o".repeat(8 << 20) + "\"}");
        events.add(event(settings, large));
        events.add(event(settings, ID, TaskStatus.COMPLETED, 5));
        TaskStatusEvent workflow = avro("workflow", TaskStatus.COMPLETED, 6);
        workflow.setWorkflowId(ID);
        events.add(event(settings, workflow));
        events.add(event(settings, "http", TaskStatus.IN_PROGRESS, 7));
        events.add(event(settings, "large", TaskStatus.IN_PROGRESS, 8));
        events.add(event(settings, "before", TaskStatus.COMPLETED, 9));
        events.add(event(settings, "after", TaskStatus.COMPLETED, 10));
        send(events);
        assertOtherTasksUnaffected(settings, events.size(), outputs -> {
            assertThat(command(outputs, "http").getReasonForIncompletion()).isEqualTo(CUT);
            assertThat(command(outputs, "large").getPayloadIncomplete()).isTrue();
        });
    }

    /** With Kafka's default topic limit. */
    @Test
    void largeNotificationsAffectNoOtherTask() throws Exception {
        Settings settings = applied(settings("native", Map.of()));
        SchemaRegistry registry = SchemaRegistry.of(settings.serde());
        WebhookCounters counts = new WebhookCounters();
        EventCounters counters = new EventCounters();
        try (Outputs outputs = new Outputs(settings, registry);
                RatchetStream stream = StreamFactory.of(settings, registry, counters);
                WebhookIntake intake = WebhookIntake.of(settings, registry, counts);
                HttpServer server = HttpServer.start(settings.http(), List.of(intake))) {
            stream.start();
            URI tasks = server.address().resolve("/conductor/tasks");
            assertThat(post(tasks, notification("before", "COMPLETED", ""))).isEqualTo(200);
            assertThat(post(tasks, notification("http", "FAILED", ",\"reasonForIncompletion\":\"" + REASON + "\"")))
                    .isEqualTo(200);
            assertThat(post(tasks, notification("large", "COMPLETED", output(7 << 20))))
                    .isEqualTo(200);
            assertThat(post(tasks, notification(ID, "COMPLETED", ""))).isEqualTo(400);
            assertThat(post(tasks, notification("workflow", "COMPLETED", ",\"workflowId\":\"" + ID + "\"")))
                    .isEqualTo(400);
            assertThat(post(tasks, notification("too-large", "COMPLETED", output(9 << 20))))
                    .isEqualTo(413);
            assertThat(post(tasks, notification("after", "COMPLETED", ""))).isEqualTo(200);
            await().atMost(TIMEOUT).until(() -> outputs.poll().changes.size() == 4);
            assertThat(outputs.changes)
                    .extracting(TaskStatusChange::getTaskId)
                    .containsExactly("before", "http", "large", "after");
            assertThat(counts.requests(WebhookOutcome.ACCEPTED)).isEqualTo(4);
            assertThat(counts.requests(WebhookOutcome.MALFORMED)).isEqualTo(2);
            assertThat(counts.requests(WebhookOutcome.TOO_LARGE)).isEqualTo(1);
            assertThat(counts.withoutPayload()).isEqualTo(1);
            assertThat(counters.read()).isEqualTo(4);
            assertThat(stream.state()).isEqualTo(State.RUNNING);
        }
    }

    /** Checks that every record was read once, so no thread died, and that other tasks have their expected outputs. */
    private void assertOtherTasksUnaffected(Settings settings, int records, Consumer<Outputs> more) throws Exception {
        SchemaRegistry registry = SchemaRegistry.of(settings.serde());
        EventCounters counters = new EventCounters();
        try (Outputs outputs = new Outputs(settings, registry);
                RatchetStream stream = StreamFactory.of(settings, registry, counters)) {
            stream.start();
            await().atMost(TIMEOUT).until(() -> outputs.poll().commands.size() == 2 && outputs.deadLetters.size() == 2);
            assertThat(counters.read()).isEqualTo(records);
            assertThat(stream.state()).isEqualTo(State.RUNNING);
            assertThat(outputs.pollToEnd().changes)
                    .extracting(change -> change.getTaskId() + " " + change.getStatus())
                    .containsExactly(
                            "before IN_PROGRESS",
                            "http IN_PROGRESS",
                            "http FAILED",
                            "large COMPLETED",
                            "before COMPLETED",
                            "after COMPLETED");
            assertThat(outputs.rejections).hasSize(2).allMatch(rejection -> rejection.getLostUpdate());
            assertThat(outputs.deadLetters).extracting(Outputs::category).containsOnly("MALFORMED");
            assertThat(counters.deadLetters(DeadLetterCategory.MALFORMED)).isEqualTo(2);
            more.accept(outputs);
        }
    }

    private static RepairCommand command(Outputs outputs, String task) {
        return outputs.commands.stream()
                .filter(command -> command.getTaskId().equals(task))
                .findFirst()
                .orElseThrow();
    }

    private static ProducerRecord<String, byte[]> row(String task, String status, long position, String more) {
        String data = "{\"status\":\"" + status + "\"" + more + "}";
        String change =
                "{\"op\":\"u\",\"after\":{\"task_id\":\"%s\",\"json_data\":\"%s\"},\"source\":{\"lsn\":%d,\"ts_ms\":%d}}"
                        .formatted(task, data.replace("\"", "\\\""), position, position);
        return new ProducerRecord<>("conductor.public.task", task, change.getBytes(StandardCharsets.UTF_8));
    }

    private static TaskStatusEvent avro(String task, TaskStatus status, long sequence) {
        TaskStatusEvent event = new TaskStatusEvent();
        event.setTaskId(task);
        event.setWorkflowId("w1");
        event.setTaskType("HTTP");
        event.setReferenceTaskName("http");
        event.setStatus(status);
        event.setSequence(sequence);
        event.setOccurredAt(Instant.now());
        event.setSource(TaskSource.NATIVE);
        return event;
    }

    private static ProducerRecord<String, byte[]> event(Settings settings, String task, TaskStatus status, long at) {
        return event(settings, avro(task, status, at));
    }

    private static ProducerRecord<String, byte[]> event(Settings settings, TaskStatusEvent event) {
        String topic = settings.topics().events();
        byte[] value = new AvroSerializer<>(TaskStatusEvent.class, SchemaRegistry.of(settings.serde()))
                .serialize(topic, event);
        return new ProducerRecord<>(topic, event.getTaskId(), value);
    }

    private static String output(int length) {
        return ",\"output\":{\"x\":\"" + "o".repeat(length) + "\"}";
    }

    private static String notification(String task, String status, String more) {
        return "{\"taskId\":\"%s\",\"status\":\"%s\",\"endTime\":%d%s}"
                .formatted(task, status, System.currentTimeMillis(), more);
    }

    private static int post(URI address, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + Webhook.TOKEN)
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private void send(List<ProducerRecord<String, byte[]>> records) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "max.request.size",
                        INPUT_BYTES,
                        "buffer.memory",
                        2 * INPUT_BYTES),
                new StringSerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    /** Creates input topics with a large record limit; Ratchet creates all others. */
    private Settings prepared(String source) throws Exception {
        Settings settings = settings(source, Map.of());
        try (Admin admin = Admin.create(settings.kafka())) {
            admin.createTopics(List.of(
                            input(settings.topics().events()),
                            input(settings.topics().cdc())))
                    .all()
                    .get();
        }
        return applied(settings);
    }

    private static NewTopic input(String name) {
        return new NewTopic(name, 1, (short) 1)
                .configs(Map.of("max.message.bytes", String.valueOf(INPUT_BYTES), "retention.ms", "604800000"));
    }

    private static Settings applied(Settings settings) {
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            admin.apply(TopicPlan.of(settings));
        }
        return settings;
    }

    private Settings settings(String source, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "ratchet.source", source,
                "ratchet.topic.partitions", "1",
                "ratchet.repair.settle", "PT0S",
                "ratchet.conductor.url", "http://localhost:9/api",
                "ratchet.http.port", "0",
                "ratchet.http.token", Webhook.TOKEN,
                "ratchet.state.dir", folder.resolve("state").toString(),
                "ratchet.schema.registry.url", "mock://large",
                "kafka.bootstrap.servers", kafka.bootstrapServers()));
        all.putAll(more);
        return Settings.load(Optional.empty(), Map.of(), all);
    }
}

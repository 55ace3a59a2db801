package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.cluster.Webhook.Notification;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.worker.StatefulConductor;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program detects by audits what Conductor's webhook did not report. */
class AuditRunIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** When the task was scheduled; the webhook accepts only current times. */
    private final Instant scheduled = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);

    private final Instant started = scheduled.plusMillis(10);
    private final Instant ended = scheduled.plusMillis(500);

    @TempDir
    Path folder;

    private EmbeddedKafka kafka;
    private HttpRegistry registry;
    private StatefulConductor conductor;
    private Outputs outputs;
    private Map<String, String> values;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        registry = HttpRegistry.start();
        conductor = StatefulConductor.start();
        values = values();
        Settings settings = Settings.load(Optional.empty(), Map.of(), values);
        try (RatchetProcess apply = RatchetProcess.start(folder, values, "topics", "apply")) {
            assertThat(apply.await()).as(apply.output()).isZero();
        }
        outputs = new Outputs(settings, SchemaRegistry.of(settings.serde()));
    }

    @AfterEach
    void stop() {
        outputs.close();
        conductor.close();
        registry.close();
        kafka.close();
    }

    @Test
    void terminalStatusWithoutNotificationIsPublished() throws Exception {
        conductorHolds("COMPLETED").endTime = ended.toEpochMilli();
        try (RatchetProcess run = run()) {
            assertThat(Webhook.of(run).post(task("IN_PROGRESS", ""))).isEqualTo(200);
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(outputs.poll().changes)
                            .extracting(TaskStatusChange::getStatus)
                            .containsExactly(TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED));
            assertThat(outputs.alerts).isEmpty();
            assertThat(conductor.effects).isEmpty();
        }
    }

    @Test
    void unreportedLostUpdateIsRepairedWithOutput() throws Exception {
        conductorHolds("IN_PROGRESS");
        try (RatchetProcess run = run()) {
            String end = ",\"endTime\":\"" + ended + "\",\"output\":\"{\\\"file\\\":\\\"a\\\"}\"";
            assertThat(Webhook.of(run).post(task("COMPLETED", end))).isEqualTo(200);
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(outputs.poll().alerts)
                            .extracting(TaskStatusAlert::getState)
                            .containsExactly(AlertState.OPENED, AlertState.RESOLVED));
            assertThat(outputs.alerts).allMatch(alert -> alert.getKind().name().equals("LOST_UPDATE"));
            assertThat(conductor.effects).hasSize(1);
            assertThat(conductor.rows.get("t1").status).isEqualTo("COMPLETED");
            assertThat(conductor.rows.get("t1").output).isEqualTo("{\"file\":\"a\"}");
            assertThat(outputs.changes).extracting(TaskStatusChange::getStatus).containsExactly(TaskStatus.COMPLETED);
        }
    }

    @Test
    void unknownTaskIsAuditedExactlyTwice() throws Exception {
        conductor.holds("t2", "IN_PROGRESS");
        try (RatchetProcess run = run()) {
            Webhook webhook = Webhook.of(run);
            assertThat(webhook.post(task("IN_PROGRESS", ""))).isEqualTo(200);
            assertThat(webhook.post(task("t2", "IN_PROGRESS", ""))).isEqualTo(200);
            await().atMost(TIMEOUT).until(() -> asked("t1") == 2);
            long before = asked("t2");
            await().atMost(TIMEOUT).until(() -> asked("t2") >= before + 3);
            assertThat(asked("t1")).isEqualTo(2);
            assertThat(outputs.poll().alerts).isEmpty();
        }
    }

    @Test
    void cleanStopRestoresNothing() throws Exception {
        for (int start = 0; start < 2; start++) {
            try (RatchetProcess run = run()) {
                await().atMost(TIMEOUT).until(() -> run.output().contains("Stream is RUNNING"));
                assertThat(run.terminate()).isEqualTo(143);
                assertThat(run.output()).contains("Stopped").doesNotContain("orrupted", "ERROR");
            }
        }
    }

    private RatchetProcess run() throws Exception {
        RatchetProcess run = RatchetProcess.start(folder, values, "run");
        await().atMost(TIMEOUT).until(() -> Webhook.isServedBy(run));
        return run;
    }

    private StatefulConductor.Row conductorHolds(String status) {
        StatefulConductor.Row row = conductor.holds("t1", status);
        row.scheduledTime = scheduled.toEpochMilli();
        row.startTime = started.toEpochMilli();
        return row;
    }

    private long asked(String taskId) {
        return conductor.asked("GET /tasks/" + taskId);
    }

    private Notification task(String status, String more) {
        return task("t1", status, more);
    }

    private Notification task(String taskId, String status, String more) {
        return new Notification(
                "/conductor/tasks",
                "{\"taskId\":\"%s\",\"workflowId\":\"w1\",\"status\":\"%s\",\"scheduledTime\":\"%s\",\"startTime\":\"%s\"%s}"
                        .formatted(taskId, status, scheduled, started, more));
    }

    private Map<String, String> values() {
        Map<String, String> all = new HashMap<>(Map.of(
                "ratchet.topic.partitions", "2",
                "ratchet.http.port", "0",
                "ratchet.state.dir", folder.resolve("state").toString(),
                "ratchet.schema.registry.url", registry.url(),
                "ratchet.conductor.url", conductor.url().toString(),
                "ratchet.repair.mode", "apply",
                "ratchet.audit.mode", "on",
                "ratchet.audit.delay", "PT1S",
                "ratchet.audit.interval", "PT2S",
                "kafka.bootstrap.servers", kafka.bootstrapServers()));
        all.put("ratchet.intake.mode", "on");
        all.put("ratchet.http.token", Webhook.TOKEN);
        return all;
    }
}

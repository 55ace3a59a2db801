package dev.ratchet.operations;

import static dev.ratchet.operations.Symptoms.ready;
import static dev.ratchet.operations.Symptoms.unready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.cluster.RatchetProcess;
import dev.ratchet.cluster.SteadyRecords;
import dev.ratchet.repair.worker.StatefulConductor;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.TaskStatusEvent;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Brings about each fault of the runbook once, asserts what an operator must be able to see of it, and writes what was
 * seen to {@code target/runbook-faults.md}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RunbookFaultsIT {
    private static final Path PAGE = Path.of("target/runbook-faults.md");

    private final FaultTable table = new FaultTable();
    private FaultStage stage;

    @BeforeAll
    void startAll(@TempDir Path folder) throws Exception {
        stage = new FaultStage(folder);
    }

    @AfterAll
    void stopAll() throws Exception {
        table.write(PAGE);
        stage.close();
    }

    @Test
    void whatIsAwayAtStartAndLater() throws Exception {
        Map<String, String> values = stage.values(
                "outages",
                Map.of("kafka.admin.default.api.timeout.ms", "5000", "kafka.admin.request.timeout.ms", "5000"));
        stage.kafka.stop();
        stage.registry.goAway();
        try (Watched run = stage.start(values)) {
            Fault noBroker = new Fault(table, 1, "No broker at start", run, 0)
                    .shows(unready("stream")
                            .status("/waitsFor", "no Kafka broker answers")
                            .metric("ratchet_streams_state{state=\"CREATED\"}", 1)
                            .log("RATCHET-1015"));
            Fault noTopics = new Fault(table, 2, "Topics missing at start", run);
            stage.kafka.restart();
            noTopics.shows(unready("stream")
                    .status("/waitsFor", "the topics are not ready")
                    .metric("ratchet_streams_state{state=\"CREATED\"}", 1)
                    .log("RATCHET-1015"));
            Fault noRegistry = new Fault(table, 3, "Registry away at start", run);
            stage.createTopics(values);
            noRegistry.shows(unready("stream")
                    .status("/waitsFor", "registry")
                    .metric("ratchet_streams_state{state=\"CREATED\"}", 1)
                    .log("RATCHET-1015"));
            stage.registry.comeBack();
            Symptoms runs = ready().status("/waitsFor", "").metric("ratchet_streams_state{state=\"RUNNING\"}", 1);
            noBroker.shows(runs);
            noTopics.shows(runs);
            noRegistry.shows(runs);

            brokerAway(run);
            registryAway(run, new FaultRecords(FaultStage.settings(values)));
        }
    }

    private void brokerAway(Watched run) {
        Fault away = new Fault(table, 4, "Broker away", run);
        stage.kafka.stop();
        away.shows(ready().status("/kafka/reachable", "false")
                .metric("ratchet_kafka_up", 0)
                .log("RATCHET-1208"));
        stage.kafka.restart();
        away.shows(ready().status("/kafka/reachable", "true")
                .metric("ratchet_kafka_up", 1)
                .log("Kafka is back after"));
    }

    private void registryAway(Watched run, FaultRecords records) throws Exception {
        records.event("known", TaskStatus.SCHEDULED);
        Schema schema =
                new Schema.Parser().parse(TaskStatusEvent.getClassSchema().toString());
        schema.addProp("revision", "2");
        int newer = stage.registry.register("outages.events-value", schema.toString());
        Fault away = new Fault(table, 5, "Registry away, and a record with a new schema", run);
        stage.registry.goAway();
        records.eventWithSchema("newer", newer);
        away.shows(ready().status("/registry/reachable", "false")
                .metric("ratchet_registry_up", 0)
                .rises("ratchet_records_deferred_total")
                .log("RATCHET-1330", "RATCHET-1302", "RATCHET-1304"));
        stage.registry.comeBack();
        away.shows(ready().status("/registry/reachable", "true")
                .metric("ratchet_registry_up", 1)
                .log("registry is back"));
        assertThat(run.process.isAlive()).isTrue();
    }

    @Test
    void recordsAndWebhook() throws Exception {
        Map<String, String> values = stage.values(
                "records",
                Map.of(
                        "ratchet.intake.mode", "on",
                        "ratchet.intake.max.bytes", "2000",
                        "ratchet.intake.max.in.flight", "1",
                        "ratchet.conductor.url", stage.conductor.url().toString(),
                        "ratchet.repair.settle", "PT0S"));
        try (Watched run = stage.ready(values)) {
            FaultRecords records = new FaultRecords(FaultStage.settings(values));
            deadLetters(run, records);
            alerts(run, records);
            webhook(run);
            sigterm(run, values);
        }
    }

    private void deadLetters(Watched run, FaultRecords records) throws Exception {
        records.event("known", TaskStatus.SCHEDULED); // proves that the registry is the right one
        Fault schema = new Fault(table, 11, "Schema id that the registry does not know, for 30 s", run);
        records.eventWithSchema("u", 999);
        deadLetter(10, "MALFORMED", "Record that is not Avro", run, () -> records.events("m", new byte[] {1, 2, 3}));
        deadLetter(
                12,
                "UNKNOWN_STATUS",
                "Status that this version does not know",
                run,
                () -> records.rows("s", "EXPLODED"));
        deadLetter(
                13,
                "FORBIDDEN_SOURCE",
                "Event that says it is from CDC, on the events topic",
                run,
                () -> records.events("f", records.event("f", TaskStatus.SCHEDULED, EventSource.CDC)));
        deadLetter(
                14,
                "KEY_MISMATCH",
                "Key that is not the task id",
                run,
                () -> records.events("other", records.event("k", TaskStatus.SCHEDULED, EventSource.NATIVE)));
        deadLetter(
                15,
                "PARTITION_MISMATCH",
                "Record on the wrong partition",
                run,
                () -> records.eventOnOtherPartition("p"));
        records.rows("two", "SCHEDULED");
        Fault mismatch = new Fault(table, 17, "A second source for a task", run);
        records.event("two", TaskStatus.IN_PROGRESS);
        mismatch.shows(ready().rises("ratchet_events_total{source=\"NATIVE\",outcome=\"SOURCE_MISMATCH\"}"));
        schema.shows(ready().rises("ratchet_records_deferred_total", letters("UNKNOWN_SCHEMA"))
                .log("RATCHET-1302", "Dead letter UNKNOWN_SCHEMA"));
    }

    private void deadLetter(int number, String category, String name, Watched run, Action action) throws Exception {
        Fault fault = new Fault(table, number, name, run);
        action.run();
        fault.shows(ready().rises(letters(category)).log("Dead letter " + category));
    }

    private static String letters(String category) {
        return "ratchet_dead_letters_total{category=\"" + category + "\"}";
    }

    private void alerts(Watched run, FaultRecords records) throws Exception {
        Fault lost = alert(20, "LOST_UPDATE", "Lost update, dry-run", run);
        lose("lost", records);
        lost.shows(opened("LOST_UPDATE").rises("ratchet_repairs_total{result=\"DRY_RUN\"}"));
        records.row("lost", "COMPLETED", epoch(1_000, 1_010, 1_020, 1));
        lost.shows(resolved("LOST_UPDATE"));

        Fault conflict = alert(23, "TERMINAL_CONFLICT", "Task that ended twice", run);
        records.rows("conflict", "COMPLETED", "FAILED");
        conflict.shows(opened("TERMINAL_CONFLICT"));
        records.deletion("conflict");
        conflict.shows(resolved("TERMINAL_CONFLICT"));

        Fault skew = alert(26, "CLOCK_SKEW", "Clocks of Conductor's servers differ", run);
        records.row("skew", "COMPLETED", epoch(100, 110, 120, 1));
        records.row("skew", "SCHEDULED", epoch(90, 0, 0, 0));
        skew.shows(opened("CLOCK_SKEW"));
        records.row("skew", "SCHEDULED", epoch(200, 0, 0, 0));
        skew.shows(resolved("CLOCK_SKEW"));

        Fault guarded = alert(27, "STALE_WRITE_REFUSED", "The guard refused a stale write", run);
        records.rows("guarded", "COMPLETED");
        records.refusedWrite("guarded", "COMPLETED", "IN_PROGRESS");
        guarded.shows(ready().rises(
                        "ratchet_guard_refused_writes_total",
                        "ratchet_alerts_total{kind=\"STALE_WRITE_REFUSED\",phase=\"OPENED\"}",
                        "ratchet_alerts_total{kind=\"STALE_WRITE_REFUSED\",phase=\"RESOLVED\"}")
                .log("Alert STALE_WRITE_REFUSED opened", "Alert STALE_WRITE_REFUSED resolved"));
    }

    private static Map<String, Integer> epoch(int scheduled, int started, int ended, int polls) {
        return Map.of(
                "scheduledTime",
                scheduled,
                "startTime",
                started,
                "endTime",
                ended,
                "pollCount",
                polls,
                "retryCount",
                0);
    }

    private Fault alert(int number, String kind, String name, Watched run) {
        return new Fault(table, number, name + " (" + kind + ")", run);
    }

    private static Symptoms opened(String kind) {
        return ready().metric("ratchet_alerts_open{kind=\"" + kind + "\"}", 1)
                .rises("ratchet_alerts_total{kind=\"" + kind + "\",phase=\"OPENED\"}")
                .log("Alert " + kind + " opened");
    }

    private static Symptoms resolved(String kind) {
        return ready().metric("ratchet_alerts_open{kind=\"" + kind + "\"}", 0).log("Alert " + kind + " resolved");
    }

    private void webhook(Watched run) throws Exception {
        Notifications conductor = new Notifications(run);
        assertThat(conductor.post("/conductor/tasks", "accepted")).isEqualTo(200);

        Fault token = new Fault(table, 40, "Webhook: wrong token", run);
        assertThat(conductor.postWithToken("wrong")).isEqualTo(401);
        token.shows(refused("UNAUTHORIZED").log("RATCHET-4104"));

        Fault path = new Fault(table, 41, "Webhook: two slashes in the path", run);
        assertThat(conductor.post("/conductor//tasks", "lost")).isEqualTo(404);
        path.shows(ready().log("RATCHET-2210"));

        Fault large = new Fault(table, 42, "Webhook: notification too large", run);
        assertThat(conductor.post("/conductor/tasks", "x".repeat(3_000))).isEqualTo(413);
        large.shows(refused("TOO_LARGE"));

        Fault busy = new Fault(table, 43, "Webhook: too many at once", run);
        assertThat(conductor.burst(200)).contains(503).containsAnyOf(200, 503);
        busy.shows(refused("BUSY"));

        Fault away = new Fault(table, 44, "Webhook: broker away", run);
        stage.kafka.stop();
        assertThat(conductor.post("/conductor/tasks", "meanwhile")).isEqualTo(503);
        away.shows(refused("UNAVAILABLE").status("/kafka/reachable", "false").metric("ratchet_kafka_up", 0));
        stage.kafka.restart();
        away.shows(ready().status("/kafka/reachable", "true").metric("ratchet_kafka_up", 1));
        assertThat(conductor.post("/conductor/tasks", "again")).isEqualTo(200);
    }

    private static Symptoms refused(String outcome) {
        return ready().rises("ratchet_webhook_requests_total{outcome=\"" + outcome + "\"}");
    }

    private void sigterm(Watched run, Map<String, String> values) throws Exception {
        Fault term = new Fault(table, 60, "SIGTERM under load", run);
        try (SteadyRecords load = SteadyRecords.start(stage.kafka.bootstrapServers(), FaultStage.settings(values))) {
            term.shows(ready().rises("ratchet_events_total{source=\"CDC\"}"));
            CompletableFuture<Void> signal = CompletableFuture.runAsync(run.process::signalTerm);
            term.ends(143, "Stopped");
            signal.join();
            load.requireAlive();
        }
    }

    @Test
    void conductorAndRepairs() throws Exception {
        Map<String, String> values = stage.values(
                "repairs",
                Map.of(
                        "ratchet.repair.mode", "apply",
                        "ratchet.repair.attempts", "1",
                        "ratchet.repair.settle", "PT0S",
                        "ratchet.conductor.url", stage.conductor.url().toString(),
                        "kafka.group.instance.id", "one"));
        try (Watched run = stage.ready(values)) {
            FaultRecords records = new FaultRecords(FaultStage.settings(values));
            Fault applied = alert(21, "LOST_UPDATE", "Lost update, repaired", run);
            lose("applied", records);
            applied.shows(ready().rises(
                            "ratchet_repairs_total{result=\"REPAIRED\"}",
                            "ratchet_alerts_total{kind=\"LOST_UPDATE\",phase=\"OPENED\"}")
                    .log("Alert LOST_UPDATE opened"));
            applied.shows(resolved("LOST_UPDATE"));

            Fault failed = alert(22, "REPAIR_FAILED", "Conductor refuses a repair", run);
            stage.conductor.fault = answering("POST /tasks", 409);
            lose("failed", records);
            failed.shows(opened("REPAIR_FAILED").rises("ratchet_repairs_total{result=\"FAILED\"}"));
            stage.conductor.fault = request -> Optional.empty();
            RatchetProcess retry = stage.command(values, "repairs", "retry", "failed");
            assertThat(retry.output()).contains("Retry requested");
            failed.shows(resolved("REPAIR_FAILED").metric("ratchet_alerts_open{kind=\"LOST_UPDATE\"}", 0));

            conductorAway(run, records);
            workerDies(run);
        }
    }

    private void lose(String task, FaultRecords records) throws Exception {
        stage.conductor.holds(task, "IN_PROGRESS");
        records.row(task, "IN_PROGRESS", epoch(1_000, 1_010, 0, 1));
        Map<String, Object> ended = new HashMap<>(epoch(1_000, 1_010, 1_020, 1));
        ended.put("outputData", Map.of("file", "a"));
        records.row(task, "COMPLETED", ended);
        records.row(task, "IN_PROGRESS", epoch(1_000, 1_010, 0, 1));
    }

    private static Function<String, Optional<StatefulConductor.Fault>> answering(String request, int status) {
        return asked -> asked.startsWith(request) ? Optional.of(StatefulConductor.status(status)) : Optional.empty();
    }

    private void conductorAway(Watched run, FaultRecords records) throws Exception {
        Fault away = new Fault(table, 30, "Conductor refuses connections", run);
        stage.conductor.goAway();
        lose("away", records);
        away.shows(isAway());
        stage.conductor.comeBack();
        away.shows(isBack());
        for (int status : List.of(503, 401)) {
            Fault answer = new Fault(table, status == 503 ? 31 : 32, "Conductor answers " + status, run);
            stage.conductor.fault = answering("", status);
            lose("answered-" + status, records);
            answer.shows(isAway());
            stage.conductor.fault = request -> Optional.empty();
            answer.shows(isBack());
        }
    }

    private static Symptoms isAway() {
        return ready().status("/conductor/reachable", "false")
                .metric("ratchet_conductor_up", 0)
                .log("RATCHET-2104");
    }

    private static Symptoms isBack() {
        return ready().status("/conductor/reachable", "true")
                .metric("ratchet_conductor_up", 1)
                .rises("ratchet_repairs_total{result=\"REPAIRED\"}")
                .log("Conductor is available again");
    }

    /** A second member with the same kafka.group.instance.id. */
    private void workerDies(Watched run) throws Exception {
        Fault dead = new Fault(table, 33, "The repair worker fails", run);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", stage.kafka.bootstrapServers(),
                "group.id", "repairs-repairer",
                "group.instance.id", "one");
        try (KafkaConsumer<byte[], byte[]> same =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            same.subscribe(List.of("repairs.repair-commands"));
            same.poll(Duration.ofSeconds(5));
            dead.ends(1, "RATCHET-2114");
        }
    }

    @Test
    void timersAndThreads() throws Exception {
        Map<String, String> values =
                stage.values("timers", Map.of("ratchet.stuck.scheduled", "PT3S", "ratchet.source.silence", "PT10S"));
        try (Watched run = stage.ready(values)) {
            FaultRecords records = new FaultRecords(FaultStage.settings(values));
            Fault stuck = alert(24, "STUCK", "Task without events", run);
            records.rows("stuck", "SCHEDULED");
            stuck.shows(opened("STUCK"));
            records.rows("stuck", "IN_PROGRESS");
            stuck.shows(resolved("STUCK"));

            Fault silent = alert(25, "SOURCE_SILENT", "The source is silent", run);
            silent.shows(opened("SOURCE_SILENT"));
            records.rows("stuck", "COMPLETED");
            silent.shows(resolved("SOURCE_SILENT"));

            Fault wide = new Fault(table, 16, "Result larger than the changelog accepts", run);
            stage.limitChangelog(values, 700);
            records.wideRow("wide");
            wide.shows(ready().rises(letters("TOO_LARGE"), "kafka_stream_failed_stream_threads_total")
                    .log("RATCHET-1101", "RATCHET-1006", "Dead letter TOO_LARGE"));

            Fault often = new Fault(table, 50, "Stream threads fail too often", run);
            for (int failed = 1; failed < 5; failed++) { // one by one: rows in one transaction fail together
                int more = failed + 1;
                records.wideRow("wide-" + failed);
                Fault.until(
                        () -> assertThat(run.log().split("RATCHET-1006", -1)).hasSize(more + 1));
            }
            records.wideRow("wide-5");
            often.ends(1, "RATCHET-1008", "RATCHET-1018");
        }
    }

    @Test
    void changelogAndPartitions() throws Exception {
        Map<String, String> values = stage.values(
                "topics", Map.of("ratchet.conductor.url", stage.conductor.url().toString()));
        FaultRecords records = new FaultRecords(FaultStage.settings(values));
        try (Watched run = stage.ready(values)) {
            records.rows("kept", "SCHEDULED", "COMPLETED");
            Fault lost = new Fault(table, 52, "The changelog is deleted", run);
            try (Admin admin = stage.admin()) {
                admin.deleteTopics(List.of("topics.changelog")).all().get();
            }
            records.rows("next", "SCHEDULED");
            lost.shows(ready().log("RATCHET-1019"));
            succeeds(values, "topics", "apply");
            succeeds(values, "republish", "--execute");
            lost.shows(ready().rises("ratchet_events_total{source=\"CDC\",outcome=\"ACCEPTED\"}"));
            Fault.until(
                    () -> assertThat(command(values, "tail", "--from-beginning").output())
                            .contains("kept", "next"));
            succeeds(values, "verify");

            Fault added = new Fault(table, 53, "Partitions are added to a topic", run);
            try (Admin admin = stage.admin()) {
                admin.createPartitions(Map.of("topics.cdc", NewPartitions.increaseTo(3)))
                        .all()
                        .get();
            }
            added.ends(1, "RATCHET-1002", "RATCHET-1018");
        }
    }

    private void succeeds(Map<String, String> values, String... command) throws Exception {
        RatchetProcess process = command(values, command);
        assertThat(process.await()).as(process.output()).isZero();
    }

    private RatchetProcess command(Map<String, String> values, String... command) throws Exception {
        return stage.command(values, command);
    }

    @Test
    void processesThatDoNotStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            rejected(
                    70,
                    "Port in use",
                    1,
                    Map.of("ratchet.http.port", String.valueOf(taken.getLocalPort())),
                    "Expected to listen on");
        }
        rejected(
                71,
                "Wrong setting",
                2,
                Map.of("ratchet.topic.partitions", "none"),
                "Expected ratchet.topic.partitions");
        rejected(
                72,
                "State directory cannot be written",
                2,
                Map.of("ratchet.state.dir", "/proc/ratchet"),
                "/proc/ratchet");
    }

    private void rejected(int number, String name, int exit, Map<String, String> more, String text) throws Exception {
        Map<String, String> values = stage.values("rejected", more);
        try (RatchetProcess process = stage.command(values, "run")) {
            assertThat(process.await()).as(process.output()).isEqualTo(exit);
            List<String> log = List.of(Cells.line(process.output(), text), "exit code " + exit);
            table.put(number, name, new Shown("no answer", "no answer", Map.of(), Map.of("up", "0"), log).cells());
        }
    }

    /** What brings a fault about. */
    private interface Action {
        void run() throws Exception;
    }
}

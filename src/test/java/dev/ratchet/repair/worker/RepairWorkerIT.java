package dev.ratchet.repair.worker;

import static dev.ratchet.repair.worker.Commands.audit;
import static dev.ratchet.repair.worker.Commands.repair;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.ratchet.repair.RepairResult.Outcome;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairPurpose;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of commands on a broker, with a Conductor that keeps state. */
class RepairWorkerIT extends OnRepairStage {
    @Test
    void aLostCompletionIsWrittenBackAndTold() throws Exception {
        given(Map.of()).conductor.holds("t1", "IN_PROGRESS");
        stage.start();
        stage.send(repair("t1"));

        RepairResult result = result();

        assertThat(result.getResult()).isEqualTo(RepairOutcome.REPAIRED);
        assertThat(List.of(result.getCommandId(), result.getTaskId(), stage.keys.get(0)))
                .containsExactly("t1/2/77/1", "t1", "t1");
        assertThat(List.of(result.getEpoch(), result.getAttempt(), (int) result.getHeardSequence()))
                .containsExactly(2, 1, 77);
        assertThat(result.getObservedStatus()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(stage.conductor.effects).containsExactly("t1 COMPLETED {\"by\":\"A\"}");
        assertThat(stage.conductor.asked("PUT /workflow/decide/w1")).isEqualTo(1);
        await().until(() -> stage.committed() == 1);
        assertThat(stage.counters.repairs(Outcome.REPAIRED)).isEqualTo(1);
    }

    @Test
    void aDryRunAsksAndSaysWhatItWouldDo() throws Exception {
        given(Map.of("ratchet.repair.mode", "dry-run")).conductor.holds("t1", "IN_PROGRESS");
        stage.start();
        stage.send(repair("t1"));

        assertThat(result().getReason()).isEqualTo("Would set the task from IN_PROGRESS to COMPLETED with its output");
        assertThat(stage.results.get(0).getResult()).isEqualTo(RepairOutcome.DRY_RUN);
        assertThat(stage.conductor.asked("POST /tasks")).isZero();
    }

    @Test
    void withRepairsOffConductorIsNotEvenAsked() throws Exception {
        given(Map.of("ratchet.repair.mode", "off", "ratchet.audit.mode", "on"))
                .conductor
                .holds("t1", "IN_PROGRESS");
        stage.start();
        stage.send(repair("t1"));

        assertThat(result().getReason())
                .isEqualTo("Expected ratchet.repair.mode to be dry-run or apply, but it is off");
        assertThat(stage.results.get(0).getResult()).isEqualTo(RepairOutcome.FAILED);
        assertThat(stage.conductor.asked).isEmpty();
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                end("gone", RepairOutcome.NOT_REPAIRABLE, conductor -> conductor.rows.clear()),
                end("of another workflow", RepairOutcome.NOT_REPAIRABLE, held -> row(held).workflowId = "w2"),
                end("scheduled anew", RepairOutcome.NOT_REPAIRABLE, held -> row(held).scheduledTime = 2_000),
                end("retried in place", RepairOutcome.NOT_REPAIRABLE, held -> row(held).retryCount = 1),
                end("reopened", RepairOutcome.NOT_REPAIRABLE, held -> row(held).endTime = 1_500),
                end("ended so", RepairOutcome.ALREADY_CONSISTENT, held -> row(held).status = "COMPLETED"),
                end("ended otherwise", RepairOutcome.NOT_REPAIRABLE, held -> row(held).status = "TIMED_OUT"),
                end("workflow ended", RepairOutcome.NOT_REPAIRABLE, held -> held.workflows.put("w1", "TERMINATED")),
                end("workflow gone", RepairOutcome.NOT_REPAIRABLE, held -> held.workflows.clear()),
                end("locked", RepairOutcome.FAILED, held -> fails(held, StatefulConductor.status(409))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ends")
    void whatSpeaksAgainstWritingIsTold(String name, RepairOutcome outcome, Consumer<StatefulConductor> holding)
            throws Exception {
        given(Map.of()).conductor.holds("t1", "IN_PROGRESS");
        holding.accept(stage.conductor);
        stage.start();
        stage.send(repair("t1"));

        assertThat(result().getResult()).as(stage.results.get(0).getReason()).isEqualTo(outcome);
        assertThat(stage.conductor.effects).isEmpty();
    }

    @Test
    void aCompletionWithoutItsOutputIsNotWritten() throws Exception {
        given(Map.of()).conductor.holds("t1", "IN_PROGRESS");
        stage.start();
        RepairCommand command = repair("t1");
        command.setOutput(null);
        stage.send(command);

        assertThat(result().getReason()).contains("it was not reported, or was too large to store");
        assertThat(stage.conductor.effects).isEmpty();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("silent", StatefulConductor.silence()),
                Arguments.of("500", StatefulConductor.status(500)),
                Arguments.of("503", StatefulConductor.status(503)),
                Arguments.of("429", StatefulConductor.status(429, "Retry-After", "1")),
                Arguments.of("half", StatefulConductor.half()),
                Arguments.of("no JSON", StatefulConductor.saying("<html>")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFailureToAnswerIsBorneAndTheCommandCarriedOutOnce(String name, StatefulConductor.Fault fault)
            throws Exception {
        given(Map.of()).conductor.holds("t1", "IN_PROGRESS");
        Set<String> befallen = ConcurrentHashMap.newKeySet(); // each kind of request once
        stage.conductor.fault = request -> befallen.add(request) ? Optional.of(fault) : Optional.empty();
        stage.start();
        stage.send(repair("t1"));

        // The update was done even where its answer was lost.
        assertThat(result().getResult()).isIn(RepairOutcome.REPAIRED, RepairOutcome.ALREADY_CONSISTENT);
        assertThat(stage.conductor.effects).hasSize(1);
        assertThat(stage.conductor.rows.get("t1").status).isEqualTo("COMPLETED");
    }

    @Test
    void anAnswerThatAsksForTimeIsGivenIt() throws Exception {
        given(Map.of()).conductor.holds("t1", "IN_PROGRESS");
        fails(stage.conductor, StatefulConductor.status(429, "Retry-After", "3600"));
        stage.start();
        stage.send(repair("t1"));
        await().until(() -> stage.conductor.asked("GET /tasks/t1") == 1);
        stage.conductor.fault = request -> Optional.empty();

        await().during(Duration.ofSeconds(2)).until(() -> stage.poll().results.isEmpty());
        assertThat(stage.conductor.asked("GET /tasks/t1")).isEqualTo(1);
    }

    @Test
    void whileConductorIsDownCommandsWaitAndItIsSpared() throws Exception {
        given(Map.of());
        List<RepairCommand> commands = IntStream.range(0, 60)
                .mapToObj(i -> {
                    stage.conductor.holds("t" + i, "IN_PROGRESS");
                    return repair("t" + i);
                })
                .toList();
        fails(stage.conductor, StatefulConductor.status(503));
        stage.start();
        try (Told requested = new Told(ConductorAvailability.class)) {
            stage.send(commands.toArray(RepairCommand[]::new));
            await().until(() -> stage.conductor.asked.size() >= 3);
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> stage.poll().results.isEmpty());
            assertThat(stage.conductor.asked).hasSizeLessThan(12);
            assertThat(stage.committed()).isZero();

            stage.conductor.fault = request -> Optional.empty();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> stage.poll().results.size() == 60);
            assertThat(stage.conductor.effects).hasSize(60).doesNotHaveDuplicates();
            assertThat(requested.lines())
                    .hasSize(2)
                    .satisfiesExactly(
                            line -> assertThat(line).contains("RATCHET-2104", "503"),
                            line -> assertThat(line).contains("Conductor is available again"));
        }
        await().until(() -> stage.committed() == 60);
    }

    static Stream<Arguments> nobodyIsLetIn() {
        return Stream.of(
                Arguments.of("401", StatefulConductor.status(401)),
                Arguments.of("403", StatefulConductor.status(403)),
                Arguments.of("404 of a gateway", StatefulConductor.status(404)),
                Arguments.of("a page to log in", StatefulConductor.status(302, "Location", "http://localhost/login")),
                Arguments.of("page of a proxy", (StatefulConductor.Fault) (exchange, answer) -> {
                    exchange.sendResponseHeaders(404, 6);
                    exchange.getResponseBody().write("<html>".getBytes(UTF_8));
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void nobodyIsLetIn(String name, StatefulConductor.Fault fault) throws Exception {
        given(Map.of()).conductor.holds("t1", "IN_PROGRESS");
        fails(stage.conductor, fault);
        stage.start();
        stage.send(repair("t1"));
        await().until(() -> stage.conductor.asked("GET /tasks/t1") > UnansweredCommands.MOST_FAILURES);
        assertThat(stage.poll().results).as("no attempt is used up").isEmpty();

        stage.conductor.fault = request -> Optional.empty();
        assertThat(result().getResult()).isEqualTo(RepairOutcome.REPAIRED);
    }

    @Test
    void oneTaskThatConductorAnswersAnErrorAboutHoldsUpNoOthers() throws Exception {
        given(Map.of()).conductor.holds("t-bad", "IN_PROGRESS");
        stage.conductor.fault = request ->
                request.equals("GET /tasks/t-bad") ? Optional.of(StatefulConductor.status(500)) : Optional.empty();
        // Pauses as they are in use, up to 30 s: the others must not wait for one.
        stage.startAsInUse();
        stage.send(repair("t-bad"));
        await().until(() -> stage.conductor.asked("GET /tasks/t-bad") >= 3);
        for (int i = 0; i < 30; i++) {
            sendRepairs(i, i + 1);
            int sent = i + 1;
            await().atMost(Duration.ofSeconds(15)).until(() -> stage.conductor.effects.size() == sent);
        }
    }

    @Test
    void oneTaskThatConductorNeverAnswersIsGivenUpOnceOthersWereAnsweredBetween() throws Exception {
        given(Map.of()).conductor.holds("t-silent", "IN_PROGRESS");
        stage.conductor.fault = request ->
                request.equals("GET /tasks/t-silent") ? Optional.of(StatefulConductor.status(500)) : Optional.empty();
        stage.start();
        stage.send(repair("t-silent"));
        await().until(() -> stage.conductor.asked("GET /tasks/t-silent") > UnansweredCommands.MOST_FAILURES);
        int others = 0;
        for (; !tasksWithResults().contains("t-silent"); others++) {
            assertThat(others).as("others, all answered meanwhile").isLessThan(40);
            sendRepairs(others, others + 1);
            int sent = others + 1;
            await().until(() -> stage.conductor.effects.size() == sent);
        }

        assertThat(others).isGreaterThanOrEqualTo(UnansweredCommands.MOST_FAILURES - 1);
        assertThat(stage.results)
                .filteredOn(result -> result.getResult() != RepairOutcome.REPAIRED)
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.getTaskId()).isEqualTo("t-silent");
                    assertThat(result.getResult()).isEqualTo(RepairOutcome.FAILED);
                    assertThat(result.getReason()).contains("in 5 tries", "500");
                });
    }

    @Test
    void whoIsStoppedBetweenTheWriteAndTheResultWritesNothingTwice() throws Exception {
        given(Map.of()).conductor.holds("t1", "IN_PROGRESS");
        stage.conductor.fault =
                request -> request.equals("POST /tasks") ? Optional.of(StatefulConductor.silence()) : Optional.empty();
        RepairWorker first = stage.start(RepairStage.patient(stage.conductor));
        stage.send(repair("t1"));
        await().until(() -> stage.conductor.effects.size() == 1);
        long start = System.nanoTime();
        first.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(45));
        assertThat(stage.poll().results).isEmpty();
        assertThat(stage.committed()).isZero();

        stage.conductor.fault = request -> Optional.empty();
        stage.start();

        assertThat(result().getResult()).isEqualTo(RepairOutcome.ALREADY_CONSISTENT);
        assertThat(stage.conductor.effects).hasSize(1);
        assertThat(stage.conductor.asked("POST /tasks")).isEqualTo(1);
    }

    @Test
    void whoWaitsForConductorEndsAtOnceWhenToldTo() throws Exception {
        given(Map.of()).conductor.holds("t1", "IN_PROGRESS");
        fails(stage.conductor, StatefulConductor.status(503, "Retry-After", "3600"));
        RepairWorker worker = stage.start();
        stage.send(repair("t1"));
        await().until(() -> stage.conductor.asked("GET /tasks/t1") == 1);

        long start = System.nanoTime();
        worker.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(45));
        assertThat(worker.failure()).isEmpty();
    }

    @Test
    void whatIsNoCommandIsPassedOver() throws Exception {
        given(Map.of()).conductor.holds("t1", "IN_PROGRESS");
        stage.start();
        stage.send("t1", new byte[] {0, 0, 0, 0, 1, 99});
        stage.send("t1", null);
        stage.send("t1", "{}".getBytes(UTF_8));
        RepairCommand purpose = repair("t1");
        purpose.setPurpose(RepairPurpose.UNKNOWN);
        RepairCommand status = repair("t1");
        status.setStatus(TaskStatus.UNKNOWN);
        RepairCommand lastReported = audit("t1", TaskStatus.COMPLETED);
        lastReported.setHeardStatus(TaskStatus.UNKNOWN);
        RepairCommand nameless = repair(" ");
        try (Told requested = new Told(RepairLoop.class)) {
            stage.send(purpose, status, lastReported, nameless, repair("t1"));

            await().until(() -> stage.poll().results.size() == 6);
            assertThat(stage.counters.unreadable()).isEqualTo(7);
            assertThat(requested.lines())
                    .hasSize(7)
                    .allMatch(line -> line.contains("RATCHET-2105") && line.contains("offset"));
        }
        await().until(() -> stage.committed() == 8);
        assertThat(stage.poll().results)
                .as("so that nobody waits for one that does not come; an audit is not waited for")
                .extracting(RepairResult::getResult, RepairResult::getAttempt)
                .containsExactlyInAnyOrder(
                        tuple(RepairOutcome.FAILED, 0),
                        tuple(RepairOutcome.FAILED, 0),
                        tuple(RepairOutcome.FAILED, 0),
                        tuple(RepairOutcome.FAILED, 1),
                        tuple(RepairOutcome.FAILED, 1),
                        tuple(RepairOutcome.REPAIRED, 1));
    }

    @Test
    void whereOthersJoinAndLeaveEachTaskIsWrittenOnce() throws Exception {
        given(Map.of());
        RepairWorker first = stage.start();
        sendRepairs(0, 100);
        await().until(() -> stage.conductor.effects.size() > 10);
        RepairWorker second = stage.start();
        await().until(() -> stage.conductor.effects.size() > 50);
        first.close();
        sendRepairs(100, 150);
        await().atMost(Duration.ofSeconds(30)).until(() -> tasksWithResults().size() == 150);

        assertThat(stage.conductor.effects).hasSize(150).doesNotHaveDuplicates();
        assertThat(List.of(first.failure(), second.failure())).allMatch(Optional::isEmpty);
    }

    @Test
    void aMistakeOfItsOwnAboutOneTaskIsAFailureOfThatRepairAlone() throws Exception {
        given(Map.of());
        RepairWorker worker = stage.start(new BrokenConductor(new IllegalStateException("broken")));
        stage.send(repair("t1"), repair("t2"));
        await().until(() -> stage.poll().results.size() == 2);
        assertThat(stage.results)
                .allMatch(result -> result.getResult() == RepairOutcome.FAILED)
                .allMatch(result -> result.getReason().contains("IllegalStateException: broken"));
        assertThat(worker.failure()).isEmpty();
    }

    @Test
    void whatItCannotGetOverEndsIt() throws Exception {
        given(Map.of());
        RepairWorker worker = stage.start(new BrokenConductor(new AuthorizationException("broken")));
        try (Told requested = new Told(RepairWorker.class)) {
            stage.send(repair("t1"));
            stage.ended.await();
            assertThat(requested.lines())
                    .singleElement()
                    .asString()
                    .contains("RATCHET-2114", "AuthorizationException: broken");
        }
        assertThat(worker.failure()).isPresent();
        assertThat(stage.committed()).isZero();
    }

    @Test
    void anErrorEndsItToo() throws Exception {
        given(Map.of());
        RepairWorker worker = stage.start(new BrokenConductor(new NoClassDefFoundError("gone")));
        try (Told requested = new Told(RepairWorker.class)) {
            stage.send(repair("t1"));
            stage.ended.await();
            assertThat(requested.lines())
                    .singleElement()
                    .asString()
                    .contains("RATCHET-2114", "NoClassDefFoundError: gone");
        }
        assertThat(worker.failure()).containsInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void whatFailsAgainWhileItLeavesDoesNotHideThatItEnds() throws Exception {
        given(Map.of("kafka.metric.reporters", FailsToClose.class.getName()));
        RepairWorker worker = stage.start(new BrokenConductor(new AuthorizationException("broken")));
        try (Told requested = new Told(RepairWorker.class)) {
            stage.send(repair("t1"));
            stage.ended.await();
            assertThat(requested.lines()).anyMatch(line -> line.contains("RATCHET-2113"));
        }
        assertThat(worker.failure()).containsInstanceOf(AuthorizationException.class);
    }

    /** In a client of a group. */
    public static final class FailsToClose implements MetricsReporter {
        private boolean isInAGroup;

        @Override
        public void configure(Map<String, ?> settings) {
            isInAGroup = settings.get(ConsumerConfig.GROUP_ID_CONFIG) != null;
        }

        @Override
        public void init(List<KafkaMetric> metrics) {}

        @Override
        public void metricChange(KafkaMetric metric) {}

        @Override
        public void metricRemoval(KafkaMetric metric) {}

        @Override
        public void close() {
            if (isInAGroup) {
                throw new NoClassDefFoundError("gone too");
            }
        }
    }

    private RepairResult result() {
        await().atMost(Duration.ofSeconds(30)).until(() -> !stage.poll().results.isEmpty());
        return stage.results.get(0);
    }

    private void sendRepairs(int from, int to) throws Exception {
        stage.send(IntStream.range(from, to)
                .mapToObj(i -> {
                    stage.conductor.holds("t" + i, "IN_PROGRESS");
                    return repair("t" + i);
                })
                .toArray(RepairCommand[]::new));
    }

    private Set<String> tasksWithResults() {
        return stage.poll().results.stream().map(RepairResult::getTaskId).collect(Collectors.toSet());
    }

    private static StatefulConductor.Row row(StatefulConductor conductor) {
        return conductor.rows.get("t1");
    }

    private static void fails(StatefulConductor conductor, StatefulConductor.Fault fault) {
        conductor.fault = request -> Optional.of(fault);
    }

    private static Arguments end(String name, RepairOutcome outcome, Consumer<StatefulConductor> holding) {
        return Arguments.of(name, outcome, holding);
    }
}

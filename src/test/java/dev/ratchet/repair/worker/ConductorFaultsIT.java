package dev.ratchet.repair.worker;

import static dev.ratchet.repair.worker.Commands.repair;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Repairs while Conductor fails. */
class ConductorFaultsIT extends RepairWorkerScenario {
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
    void commandIsExecutedOnceAfterFault(String name, StatefulConductor.Fault fault) throws Exception {
        given(Map.of()).conductor.holds("t1", "IN_PROGRESS");
        Set<String> failed = ConcurrentHashMap.newKeySet(); // each kind of request once
        stage.conductor.fault = request -> failed.add(request) ? Optional.of(fault) : Optional.empty();
        stage.start();
        stage.send(repair("t1"));

        // The update was done even where its answer was lost.
        assertThat(result().getResult()).isIn(RepairOutcome.REPAIRED, RepairOutcome.ALREADY_CONSISTENT);
        assertThat(stage.conductor.effects).hasSize(1);
        assertThat(stage.conductor.rows.get("t1").status).isEqualTo("COMPLETED");
    }

    @Test
    void retryAfterIsRespected() throws Exception {
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
    void commandsWaitAndFewRequestsAreSentDuringOutage() throws Exception {
        given(Map.of());
        List<RepairCommand> commands = IntStream.range(0, 60)
                .mapToObj(i -> {
                    stage.conductor.holds("t" + i, "IN_PROGRESS");
                    return repair("t" + i);
                })
                .toList();
        fails(stage.conductor, StatefulConductor.status(503));
        stage.start();
        try (LogCapture log = new LogCapture(ConductorAvailability.class)) {
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
            assertThat(log.lines())
                    .hasSize(2)
                    .satisfiesExactly(
                            line -> assertThat(line).contains("RATCHET-2104", "503"),
                            line -> assertThat(line).contains("Conductor is available again"));
        }
        await().until(() -> stage.committed() == 60);
    }

    static Stream<Arguments> rejections() {
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
    @MethodSource("rejections")
    void rejectedCredentialsUseUpNoAttempt(String name, StatefulConductor.Fault fault) throws Exception {
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
    void oneFailingTaskDelaysNoOthers() throws Exception {
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
    void oneFailingTaskIsGivenUpAfterFiveTriesWithAnswersInBetween() throws Exception {
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
}

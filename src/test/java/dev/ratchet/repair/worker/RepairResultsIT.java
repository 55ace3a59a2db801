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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Results of repairs, with a broker and a Conductor that keeps state. */
class RepairResultsIT extends RepairWorkerScenario {
    @Test
    void lostCompletionIsWrittenAndPublished() throws Exception {
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
        assertThat(stage.counters.get(Outcome.REPAIRED)).isEqualTo(1);
    }

    @Test
    void dryRunPublishesPlannedWrite() throws Exception {
        given(Map.of("ratchet.repair.mode", "dry-run")).conductor.holds("t1", "IN_PROGRESS");
        stage.start();
        stage.send(repair("t1"));

        assertThat(result().getReason()).isEqualTo("Would set the task from IN_PROGRESS to COMPLETED with its output");
        assertThat(stage.results.get(0).getResult()).isEqualTo(RepairOutcome.DRY_RUN);
        assertThat(stage.conductor.asked("POST /tasks")).isZero();
    }

    @Test
    void disabledRepairsDoNotCallConductor() throws Exception {
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
    void repairThatMustNotWritePublishesReason(String name, RepairOutcome outcome, Consumer<StatefulConductor> holding)
            throws Exception {
        given(Map.of()).conductor.holds("t1", "IN_PROGRESS");
        holding.accept(stage.conductor);
        stage.start();
        stage.send(repair("t1"));

        assertThat(result().getResult()).as(stage.results.get(0).getReason()).isEqualTo(outcome);
        assertThat(stage.conductor.effects).isEmpty();
    }

    @Test
    void completionWithoutOutputIsNotWritten() throws Exception {
        given(Map.of()).conductor.holds("t1", "IN_PROGRESS");
        stage.start();
        RepairCommand command = repair("t1");
        command.setOutput(null);
        stage.send(command);

        assertThat(result().getReason()).contains("it was not reported, or was too large to store");
        assertThat(stage.conductor.effects).isEmpty();
    }

    @Test
    void unreadableCommandIsSkippedAndHasResult() throws Exception {
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
        try (LogCapture log = new LogCapture(RepairLoop.class)) {
            stage.send(purpose, status, lastReported, nameless, repair("t1"));

            await().until(() -> stage.poll().results.size() == 6);
            assertThat(stage.counters.get(RepairCounters.Other.UNREADABLE_COMMAND))
                    .isEqualTo(7);
            assertThat(log.lines())
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
    void internalErrorFailsOnlyThatRepair() throws Exception {
        given(Map.of());
        RepairWorker worker = stage.start(new BrokenConductor(new IllegalStateException("broken")));
        stage.send(repair("t1"), repair("t2"));
        await().until(() -> stage.poll().results.size() == 2);
        assertThat(stage.results)
                .allMatch(result -> result.getResult() == RepairOutcome.FAILED)
                .allMatch(result -> result.getReason().contains("IllegalStateException: broken"));
        assertThat(worker.failure()).isEmpty();
    }

    private static StatefulConductor.Row row(StatefulConductor conductor) {
        return conductor.rows.get("t1");
    }

    private static Arguments end(String name, RepairOutcome outcome, Consumer<StatefulConductor> holding) {
        return Arguments.of(name, outcome, holding);
    }
}

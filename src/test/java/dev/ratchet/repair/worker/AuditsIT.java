package dev.ratchet.repair.worker;

import static dev.ratchet.repair.worker.Commands.audit;
import static dev.ratchet.repair.worker.Commands.repair;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.avro.TaskRecords;
import dev.ratchet.repair.AuditFinding;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Results of audits, with a broker. */
class AuditsIT extends RepairWorkerScenario {
    private static final Map<String, String> ON = Map.of("ratchet.audit.mode", "on", "ratchet.repair.mode", "off");

    @Test
    void unreportedTerminalStatusBecomesEventWithPayload() throws Exception {
        StatefulConductor.Row row = given(ON).conductor.holds("t1", "COMPLETED");
        row.endTime = 2_000;
        row.output = "{\"by\":\"B\"}";
        stage.start();
        stage.send(audit("t1", TaskStatus.IN_PROGRESS));

        TaskStatusEvent event = event();

        assertThat(stage.keys).containsExactly("t1");
        assertThat(stage.results)
                .singleElement()
                .returns("t1/2/77/0", RepairResult::getCommandId)
                .returns("t1", RepairResult::getTaskId)
                .returns(2, RepairResult::getEpoch)
                .returns(77L, RepairResult::getHeardSequence)
                .returns(RepairOutcome.AUDITED, RepairResult::getResult)
                .returns(dev.ratchet.v1.AuditFinding.AHEAD, RepairResult::getFinding)
                .returns("Conductor holds COMPLETED", RepairResult::getReason)
                .returns(TaskStatus.COMPLETED, RepairResult::getObservedStatus);
        assertThat(TaskRecords.event(event).evidence().endTime()).isEqualTo(2_000);
        assertThat(event)
                .returns("t1", TaskStatusEvent::getTaskId)
                .returns("w1", TaskStatusEvent::getWorkflowId)
                .returns("ref_t1", TaskStatusEvent::getReferenceTaskName)
                .returns(TaskStatus.COMPLETED, TaskStatusEvent::getStatus)
                .returns(TaskSource.AUDIT, TaskStatusEvent::getSource)
                .returns(2, TaskStatusEvent::getEpoch)
                .returns(77L, TaskStatusEvent::getSequence)
                .returns(Instant.ofEpochMilli(2_000), TaskStatusEvent::getOccurredAt)
                .returns("{\"by\":\"B\"}", TaskStatusEvent::getOutput)
                .returns(false, TaskStatusEvent::getPayloadIncomplete)
                .returns("worker-1", TaskStatusEvent::getWorkerId);
        thenFinds(AuditFinding.AHEAD);
    }

    @Test
    void outputAboveCaptureLimitIsLeftOut() throws Exception {
        given(ON).conductor.holds("t1", "COMPLETED").output = "{\"x\":\"" + "y".repeat(200) + "\"}";
        stage.start();
        stage.send(audit("t1", TaskStatus.IN_PROGRESS));

        assertThat(event())
                .returns(null, TaskStatusEvent::getOutput)
                .returns(true, TaskStatusEvent::getPayloadIncomplete);
    }

    @Test
    void outputTooLargeForTopicIsLeftOut() throws Exception {
        given(ON).conductor.holds("t1", "COMPLETED").output = "{\"x\":\"" + "y".repeat(3_000) + "\"}";
        stage.limitResults(2_000);
        stage.start(5_000);
        stage.send(audit("t1", TaskStatus.IN_PROGRESS));

        assertThat(event())
                .returns(null, TaskStatusEvent::getOutput)
                .returns(true, TaskStatusEvent::getPayloadIncomplete)
                .returns("worker-1", TaskStatusEvent::getWorkerId);
    }

    @Test
    void lostTerminalStatusBecomesEventWithoutPayload() throws Exception {
        given(ON).conductor.holds("t1", "IN_PROGRESS");
        stage.start();
        stage.send(audit("t1", TaskStatus.COMPLETED));

        assertThat(event())
                .returns(TaskStatus.IN_PROGRESS, TaskStatusEvent::getStatus)
                .returns(TaskSource.AUDIT, TaskStatusEvent::getSource)
                .returns(null, TaskStatusEvent::getOutput)
                .returns(null, TaskStatusEvent::getWorkerId);
        thenFinds(AuditFinding.BEHIND);
    }

    @Test
    void findingsWithoutEventAreOnlyCounted() throws Exception {
        given(ON);
        stage.conductor.holds("consistent", "IN_PROGRESS");
        stage.conductor.holds("other", "COMPLETED").scheduledTime = 2_000;
        stage.conductor.holds("reopened", "SCHEDULED").endTime = 2_000;
        stage.conductor.holds("pondering", "PONDERING");
        stage.start();
        stage.send(
                audit("consistent", TaskStatus.IN_PROGRESS),
                audit("other", TaskStatus.IN_PROGRESS),
                audit("reopened", TaskStatus.COMPLETED),
                audit("pondering", TaskStatus.IN_PROGRESS));

        for (AuditFinding finding : List.of(
                AuditFinding.CONSISTENT, AuditFinding.OTHER_EPOCH, AuditFinding.REOPENED, AuditFinding.UNREADABLE)) {
            thenFinds(finding);
        }
        await().until(() -> stage.committed() == 4);
        assertThat(stage.poll().results).isEmpty();
    }

    @Test
    void unknownTaskIsReported() throws Exception {
        given(ON);
        stage.start();
        stage.send(audit("gone", TaskStatus.IN_PROGRESS));

        assertThat(onlyResult())
                .returns("gone/2/77/0", RepairResult::getCommandId)
                .returns(0, RepairResult::getAttempt)
                .returns(RepairOutcome.AUDITED, RepairResult::getResult)
                .returns(dev.ratchet.v1.AuditFinding.NO_SUCH_TASK, RepairResult::getFinding)
                .returns("Conductor knows no task of that id", RepairResult::getReason)
                .returns(null, RepairResult::getObservedStatus)
                .returns(null, RepairResult::getEvent);
        thenFinds(AuditFinding.NO_SUCH_TASK);
    }

    @Test
    void repeatedAuditReportsAnyAnswer() throws Exception {
        given(ON).conductor.holds("t1", "IN_PROGRESS");
        stage.start();
        RepairCommand again = audit("t1", TaskStatus.IN_PROGRESS);
        again.setAttempt(1);
        stage.send(again);

        assertThat(onlyResult())
                .returns("t1/2/77/1", RepairResult::getCommandId)
                .returns(1, RepairResult::getAttempt)
                .returns(dev.ratchet.v1.AuditFinding.CONSISTENT, RepairResult::getFinding)
                .returns(null, RepairResult::getEvent);
    }

    @Test
    void refusalIsLoggedOnceAndCountedEachTime() throws Exception {
        given(ON);
        stage.conductor.fault = request -> Optional.of(StatefulConductor.status(409));
        stage.start();
        try (LogCapture log = new LogCapture(CommandHandler.class)) {
            stage.send(audits(10, Instant.now()));
            await().until(() -> stage.counters.get(AuditFinding.UNREADABLE) == 10);
            assertThat(log.lines()).singleElement().asString().contains("RATCHET-2110", "409");
        }
    }

    @Test
    void repairDoesNotWaitForEarlierAudits() throws Exception {
        given(Map.of("ratchet.audit.mode", "on")).conductor.holds("lost", "IN_PROGRESS");
        stage.send(audits(4_000, Instant.now()));
        stage.send(repair("lost"));
        stage.start();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> stage.poll().results.stream()
                        .anyMatch(result -> result.getTaskId().equals("lost")));
        assertThat(stage.conductor.asked).hasSizeLessThan(500);
        assertThat(stage.conductor.effects).hasSize(1);
        await().atMost(Duration.ofSeconds(60)).until(() -> stage.counters.get(AuditFinding.NO_SUCH_TASK) == 4_000);
        await().until(() -> stage.committed() == 4_001);
    }

    @Test
    void expiredAuditsAreDropped() throws Exception {
        given(Map.of("ratchet.audit.mode", "on", "ratchet.audit.interval", "PT10S"));
        stage.start();
        try (LogCapture log = new LogCapture(RepairLoop.class)) {
            stage.send(audits(50, Instant.now().minusSeconds(11)));
            await().until(() -> stage.counters.get(RepairCounters.Other.DROPPED_AUDIT) == 50);
            assertThat(log.lines()).singleElement().asString().contains("RATCHET-2115 Dropped audits", "audits=");
        }
        assertThat(stage.conductor.asked).isEmpty();
        await().until(() -> stage.committed() == 50);
    }

    @Test
    void expiredAuditsAreDroppedDuringOutage() throws Exception {
        given(Map.of("ratchet.audit.mode", "on", "ratchet.audit.interval", "PT3S"));
        stage.conductor.fault = request -> Optional.of(StatefulConductor.status(503));
        stage.start();
        stage.send(audits(50, Instant.now()));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> stage.counters.get(RepairCounters.Other.DROPPED_AUDIT) == 50);
        assertThat(stage.conductor.asked).isNotEmpty().hasSizeLessThan(15);
    }

    private TaskStatusEvent event() {
        return onlyResult().getEvent();
    }

    private RepairResult onlyResult() {
        RepairResult result = result();
        assertThat(stage.results).hasSize(1);
        return result;
    }

    private void thenFinds(AuditFinding finding) {
        await().atMost(Duration.ofSeconds(30)).until(() -> stage.counters.get(finding) == 1);
    }

    private static RepairCommand[] audits(int count, Instant issuedAt) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    RepairCommand audit = audit("a" + i, TaskStatus.IN_PROGRESS);
                    audit.setIssuedAt(issuedAt);
                    return audit;
                })
                .toArray(RepairCommand[]::new);
    }
}

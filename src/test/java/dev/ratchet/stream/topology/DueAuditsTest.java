package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.RatchetTopologyTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairPurpose;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatusEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When an audit command is issued, and what its result causes. */
class DueAuditsTest extends DueTimersFixture {
    @Test
    void terminalTaskIsAuditedOnceAndQuietTaskRepeatedly() {
        try (TopologyHarness harness = harness("ratchet.audit.mode", "on")) {
            harness.event(event(TaskStatus.COMPLETED, 1));
            harness.event(of("t2", TaskStatus.IN_PROGRESS, 7, TaskSource.NATIVE));
            keepSourceActive(harness, 31);
            Map<String, List<RepairCommand>> audits = harness.commands.readValuesToList().stream()
                    .filter(command -> !command.getTaskId().startsWith("other"))
                    .collect(Collectors.groupingBy(RepairCommand::getTaskId));
            assertThat(audits.get("t1")).singleElement().satisfies(audit -> {
                assertThat(audit.getPurpose()).isEqualTo(RepairPurpose.AUDIT);
                assertThat(audit.getHeardSequence()).isEqualTo(1);
                assertThat(audit.getOutput()).isNull();
            });
            assertThat(audits.get("t2")).hasSize(3);
        }
    }

    @Test
    void auditsAboveRateWaitWithoutDelayingRepairs() {
        try (TopologyHarness harness = harness("ratchet.audit.mode", "on", "ratchet.audit.rate", "1")) {
            IntStream.range(0, 100)
                    .forEach(i -> harness.event(of("t" + i, TaskStatus.COMPLETED, 1, TaskSource.NATIVE)));
            loseTerminalStatus(harness, "lost");
            harness.advance(Duration.ofSeconds(31));
            List<RepairCommand> first = harness.commands.readValuesToList();
            assertThat(first)
                    .filteredOn(command -> command.getPurpose() == RepairPurpose.REPAIR)
                    .hasSize(1);
            assertThat(first).hasSizeLessThan(10);
            for (int second = 0; second < 110; second++) {
                harness.advance(Duration.ofSeconds(1));
            }
            assertThat(harness.commands.readValuesToList().size() + first.size())
                    .isEqualTo(101);
        }
    }

    @Test
    void lostUpdateFoundByAuditIsRepaired() {
        try (TopologyHarness harness = harness("ratchet.audit.mode", "on", "ratchet.source", "native")) {
            TaskStatusEvent end = of("t1", TaskStatus.COMPLETED, 5, TaskSource.WEBHOOK);
            end.setOutput("{}");
            harness.event(end);
            harness.audited(of("t1", TaskStatus.IN_PROGRESS, 5, TaskSource.AUDIT));
            assertThat(readAlerts(harness)).containsExactly("LOST_UPDATE OPENED");
            harness.advance(MINUTE);
            assertThat(harness.commands.readValuesToList())
                    .extracting(RepairCommand::getPurpose)
                    .containsExactly(RepairPurpose.REPAIR);
        }
    }

    @Test
    void outputFoundByAuditIsRestored() {
        try (TopologyHarness harness = harness("ratchet.audit.mode", "on", "ratchet.source", "native")) {
            harness.event(of("t1", TaskStatus.IN_PROGRESS, 5, TaskSource.WEBHOOK));
            TaskStatusEvent end = of("t1", TaskStatus.COMPLETED, 5, TaskSource.AUDIT);
            end.setOutput("{\"by\":\"B\"}");
            harness.audited(end);
            assertThat(harness.states().get("t1").task().current().status()).isEqualTo(TaskStatus.COMPLETED);
            assertThat(harness.counters.events(EventSource.AUDIT, OutcomeKind.ACCEPTED))
                    .isEqualTo(1);
            harness.event(of("t1", TaskStatus.IN_PROGRESS, 6, TaskSource.WEBHOOK));
            harness.advance(MINUTE);
            assertThat(harness.commands.readValue().getOutput()).isEqualTo("{\"by\":\"B\"}");
        }
    }

    @Test
    void auditResultsDoNotCountAsSourceActivity() {
        try (TopologyHarness harness = harness("ratchet.audit.mode", "on", "ratchet.source", "native")) {
            harness.event(of("t1", TaskStatus.SCHEDULED, 5, TaskSource.WEBHOOK));
            for (int minute = 0; minute < 40; minute++) {
                harness.audited(of("t2", TaskStatus.IN_PROGRESS, minute, TaskSource.AUDIT));
                harness.advance(MINUTE);
            }
            assertThat(readAlerts(harness)).contains("SOURCE_SILENT OPENED");
        }
    }
}

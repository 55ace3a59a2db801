package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.stream.timer.FullAudit;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.AuditFinding;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairPurpose;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A person requests an audit of all tasks; periodic audits are off unless a test says otherwise. */
class RequestedAuditTest {
    private static final Duration TICK = Duration.ofMillis(500);

    @TempDir
    Path folder;

    private final Logger logger = (Logger) LoggerFactory.getLogger(FullAudit.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private TopologyHarness harness;

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        logger.setLevel(null);
        harness.close();
    }

    @Test
    void eachLiveTaskIsAuditedOnce() {
        given();
        tasks("live", 3, TaskStatus.IN_PROGRESS);
        tasks("ended", 3, TaskStatus.COMPLETED);
        givenDeleted("deleted");
        assertThat(audited(10)).isEmpty();

        harness.requestAudit("r1", false);

        assertThat(audited(20)).containsExactly("live0", "live1", "live2");
        assertThat(lines())
                .containsExactly(
                        "Audit of all live tasks of partition 0 begins. request=r1",
                        "Issued 3 audits of all live tasks of partition 0; results follow on conductor-repair-results. request=r1");
    }

    @Test
    void fullAuditIncludesTerminalTasks() {
        given();
        tasks("live", 2, TaskStatus.IN_PROGRESS);
        tasks("ended", 2, TaskStatus.COMPLETED);
        givenDeleted("deleted");

        harness.requestAudit("r1", true);

        assertThat(audited(20)).containsExactly("ended0", "ended1", "live0", "live1");
    }

    @Test
    void repeatedRequestIsIgnoredAndNewOneReplacesIt() {
        given("ratchet.audit.rate", "2");
        tasks("live", 8, TaskStatus.IN_PROGRESS);

        harness.requestAudit("r1", false);
        assertThat(audited(4)).containsExactly("live0", "live1", "live2", "live3");
        harness.requestAudit("r1", false);
        assertThat(audited(10)).containsExactly("live4", "live5", "live6", "live7");
        harness.requestAudit("r1", false);
        assertThat(audited(10)).isEmpty();

        harness.requestAudit("r2", false);
        assertThat(audited(2)).hasSizeBetween(2, 3).startsWith("live0", "live1");
        harness.requestAudit("r3", true);
        assertThat(audited(20)).hasSize(8).startsWith("live0", "live1");
    }

    @Test
    void auditsAreSpreadByRate() {
        given("ratchet.audit.rate", "100", "ratchet.conductor.rate", "5"); // the lower one applies
        tasks("live", 50, TaskStatus.IN_PROGRESS);
        harness.requestAudit("r1", false);
        int issued = 0;
        for (int second = 1; second < 10; second++) {
            issued += audited(2).size();
            assertThat(issued).as("second %d", second).isBetween(5 * second - 2, 5 * second + 1);
        }
        assertThat(audited(4)).hasSize(50 - issued);
        assertThat(audited(20)).isEmpty();
    }

    @Test
    void requestedAndDueAuditsDoNotDelayEachOther() {
        given("ratchet.audit.mode", "on", "ratchet.audit.rate", "2");
        tasks("live", 300, TaskStatus.IN_PROGRESS);
        harness.requestAudit("r1", false);
        List<String> asked = new ArrayList<>();
        for (int second = 0; second < 150; second++) {
            tasks("end" + second + "-", 20, TaskStatus.COMPLETED);
            asked.addAll(audited(2));
        }
        long due = asked.stream().filter(task -> task.startsWith("end")).count();
        assertThat(due).as("from second 30 on").isBetween(90L, 130L);
        assertThat(asked.size() - due).isBetween(160L, 210L);
    }

    @Test
    void requestIsCountedAndChangesNoTask() {
        given();
        tasks("t", 1, TaskStatus.IN_PROGRESS);
        TrackedTask before = harness.states().get("t0");
        harness.requestAudit("r1", true);
        assertThat(audited(3)).containsExactly("t0");
        assertThat(harness.states().get("t0")).isEqualTo(before);
        assertThat(harness.counters.events(EventSource.AUDIT, OutcomeKind.IGNORED))
                .isEqualTo(1);
        assertThat(harness.counters.read()).isEqualTo(2);
        assertThat(harness.readDeadLetters()).isEmpty();
    }

    @Test
    void secondRequestRepeatsAuditOfUnknownTask() {
        given();
        tasks("gone", 1, TaskStatus.IN_PROGRESS);
        for (int attempt = 0; attempt < 2; attempt++) {
            harness.requestAudit("r" + attempt, false);
            harness.advance(TICK);
            RepairCommand question = harness.commands.readValue();
            assertThat(question.getAttempt()).isEqualTo(attempt);
            harness.audited(question, AuditFinding.NO_SUCH_TASK);
        }
        assertThat(harness.states().get("gone0").isLive()).isFalse();
        harness.requestAudit("r2", true);
        assertThat(audited(10)).isEmpty();
    }

    @Test
    void requestIsDroppedIfConductorIsNotCalled() {
        given("ratchet.repair.mode", "off");
        tasks("live", 1, TaskStatus.IN_PROGRESS);
        harness.requestAudit("r1", false);
        harness.advance(TICK);
        harness.advance(TICK);
        assertThat(lines()).hasSize(2).last().asString().startsWith("RATCHET-1209 ");
        assertThat(harness.readDeadLetters()).isEmpty();
    }

    private void given(String... settings) {
        List<String> all = new ArrayList<>(
                List.of("ratchet.conductor.url", "http://localhost:9/api", "ratchet.retention.terminal", "P1D"));
        all.addAll(List.of(settings));
        harness = new TopologyHarness(folder, all.toArray(String[]::new));
    }

    private void givenDeleted(String name) {
        tasks(name, 1, TaskStatus.IN_PROGRESS);
        for (int attempt = 0; attempt < 2; attempt++) {
            RepairCommand question = new RepairCommand();
            question.setCommandId("");
            question.setTaskId(name + 0);
            question.setEpoch(1);
            question.setHeardSequence(1);
            question.setAttempt(attempt);
            harness.audited(question, AuditFinding.NO_SUCH_TASK);
        }
        assertThat(harness.states().get(name + 0).task().lastReported().isDeleted())
                .isTrue();
    }

    private void tasks(String name, int count, TaskStatus status) {
        IntStream.range(0, count).forEach(i -> {
            TaskStatusEvent event = TaskRecords.event(RatchetTopologyTest.event(status, 1));
            event.setTaskId(name + i);
            harness.event(event);
        });
    }

    /** {@return the tasks of the audits that are issued in so many half seconds} */
    private List<String> audited(int ticks) {
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < ticks; i++) {
            harness.advance(TICK);
            harness.commands.readValuesToList().stream()
                    .filter(command -> command.getPurpose() == RepairPurpose.AUDIT)
                    .forEach(command -> tasks.add(command.getTaskId()));
        }
        return tasks;
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}

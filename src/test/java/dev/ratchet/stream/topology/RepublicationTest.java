package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.avro.TaskRecords;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person requests that all tasks are published again. */
class RepublicationTest {
    private static final Duration TICK = Duration.ofMillis(500);
    private static final String[] CONDUCTOR = {"ratchet.conductor.url", "http://localhost:9/api"};

    @TempDir
    Path folder;

    private TopologyHarness harness;

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void eachTaskIsPublishedAgainOnceAsItWas() {
        harness = new TopologyHarness(folder, CONDUCTOR);
        event("t1", TaskStatus.SCHEDULED, 1);
        event("t1", TaskStatus.COMPLETED, 2);
        event("t1", TaskStatus.IN_PROGRESS, 3); // rejected
        event("t2", TaskStatus.IN_PROGRESS, 1);
        List<TestRecord<String, TaskStatusChange>> before = harness.changelog.readRecordsToList();
        assertThat(before).hasSize(3);

        harness.requestRepublication("r1");
        harness.requestRepublication("r1");
        ticks(3);

        List<TestRecord<String, TaskStatusChange>> again = harness.changelog.readRecordsToList();
        assertThat(again).extracting(TestRecord::key).containsExactly("t1", "t2");
        assertSameChange(before.get(1), again.get(0));
        assertSameChange(before.get(2), again.get(1));
        assertThat(before).allSatisfy(first -> assertThat(mark(first)).isNull());
        ticks(3);
        assertThat(harness.changelog.isEmpty()).isTrue();
    }

    @Test
    void nextChangeFollowsTheRepublishedOne() {
        harness = new TopologyHarness(folder, CONDUCTOR);
        event("t1", TaskStatus.SCHEDULED, 1);
        TrackedTask before = harness.states().get("t1");
        harness.requestRepublication("r1");
        ticks(1);
        assertThat(harness.states().get("t1")).isEqualTo(before);
        event("t1", TaskStatus.IN_PROGRESS, 2);

        List<TestRecord<String, TaskStatusChange>> all = harness.changelog.readRecordsToList();
        assertThat(all).extracting(change -> change.value().getRevision()).containsExactly(1L, 1L, 2L);
        assertThat(all.get(2).value().getPreviousStatus()).isEqualTo(dev.ratchet.v1.TaskStatus.SCHEDULED);
        assertThat(all.get(2).timestamp()).isGreaterThanOrEqualTo(all.get(1).timestamp());
    }

    @Test
    void requestIsCountedAndIsNoDeadLetter() {
        harness = new TopologyHarness(folder, CONDUCTOR);
        harness.requestRepublication("r1");
        assertThat(harness.counters.events(EventSource.AUDIT, OutcomeKind.IGNORED))
                .isEqualTo(1);
        assertThat(harness.readDeadLetters()).isEmpty();
    }

    @Test
    void partitionThatIsBehindPublishesToo() {
        harness = new TopologyHarness(folder, CONDUCTOR);
        event("t1", TaskStatus.SCHEDULED, 1);
        harness.changelog.readRecordsToList();
        harness.shared.catchUp().assigned(0);
        harness.requestRepublication("r1");
        ticks(1);
        assertThat(harness.changelog.readRecordsToList()).hasSize(1);
    }

    @Test
    void auditAndRepublicationDoNotReplaceEachOther() {
        harness = new TopologyHarness(folder, CONDUCTOR);
        event("t1", TaskStatus.SCHEDULED, 1);
        harness.changelog.readRecordsToList();
        harness.requestRepublication("r1");
        harness.requestAudit("r1", true);
        ticks(1);
        assertThat(harness.changelog.readRecordsToList()).hasSize(1);
        assertThat(harness.commands.readRecordsToList()).hasSize(1);
    }

    @Test
    void settingPublishesNothingTwiceWithoutState() {
        harness = new TopologyHarness(folder, "ratchet.changelog.republish", "true");
        event("t1", TaskStatus.SCHEDULED, 1);
        ticks(3);
        assertThat(harness.changelog.readRecordsToList()).hasSize(1);
    }

    private static void assertSameChange(
            TestRecord<String, TaskStatusChange> first, TestRecord<String, TaskStatusChange> again) {
        TaskStatusChange expected = TaskStatusChange.newBuilder(first.value())
                .setPreviousStatus(null)
                .build();
        assertThat(again.value()).isEqualTo(expected);
        assertThat(again.timestamp()).isEqualTo(first.timestamp());
        assertThat(mark(again)).isEqualTo("r1");
    }

    private static String mark(TestRecord<?, ?> record) {
        return record.headers().lastHeader("ratchet.republished") == null
                ? null
                : new String(record.headers().lastHeader("ratchet.republished").value(), StandardCharsets.UTF_8);
    }

    private void event(String task, TaskStatus status, long sequence) {
        TaskStatusEvent event = TaskRecords.event(RatchetTopologyTest.event(status, sequence));
        event.setTaskId(task);
        harness.event(event);
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            harness.advance(TICK);
        }
    }
}

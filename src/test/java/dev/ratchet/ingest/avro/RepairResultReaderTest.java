package dev.ratchet.ingest.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.ingest.PayloadCapturePolicy;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.Reading.Request.Kind;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.RepairAnswer;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.AuditFinding;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatusEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepairResultReaderTest {
    private static final String TOPIC = "conductor-repair-results";
    private static final StatusEvent EVENT = new StatusEvent(
            new TaskIdentity("t1", "w1", "", "HTTP", "ref"),
            TaskStatus.COMPLETED,
            2,
            77,
            2_000,
            EventSource.AUDIT,
            EpochEvidence.NONE);

    private final SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", "mock://results"));
    private final RepairResultReader reader = new RepairResultReader(
            new AvroDeserializer<>(RepairResult.class, registry), TOPIC, new PayloadCapturePolicy(10));

    @Test
    void repairResultIsAnswer() {
        assertThat(read(result -> {
                    result.setResult(RepairOutcome.REPAIRED);
                    result.setObservedStatus(dev.ratchet.v1.TaskStatus.COMPLETED);
                }))
                .isEqualTo(new Reading.Answer(new RepairAnswer(
                        "t1", 2, 77, 1, RepairState.Result.REPAIRED, Optional.of(TaskStatus.COMPLETED), "because")));
    }

    @Test
    void auditResultWithEventIsEventWithPayload() {
        assertThat(read(result -> audited(result, event -> event.setOutput("{\"a\":1}"))))
                .isEqualTo(new Reading.Event(EVENT, new TaskOutput(Optional.of("{\"a\":1}"), "", "", "", "")));
    }

    @Test
    void outputAboveLimitIsLeftOut() {
        assertThat(read(result -> audited(result, event -> event.setOutput("{\"a\":123456}"))))
                .isEqualTo(new Reading.Event(EVENT, TaskOutput.NONE.withoutOutput()));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNKNOWN")
    void auditResultWithoutEventStatesTaskExistence(AuditFinding finding) {
        assertThat(read(result -> {
                    result.setResult(RepairOutcome.AUDITED);
                    result.setFinding(finding);
                }))
                .isEqualTo(new Reading.Existence("t1", 2, 77, 1, finding != AuditFinding.NO_SUCH_TASK));
    }

    @Test
    void eventOfOtherSourceOrTaskIsUnreadable() {
        thenUnreadable(
                event -> event.setSource(TaskSource.NATIVE),
                DeadLetterCategory.MALFORMED,
                "Expected an event of source AUDIT about task 't1', but got one of source NATIVE about 't1'");
        thenUnreadable(
                event -> event.setTaskId("t2"),
                DeadLetterCategory.MALFORMED,
                "Expected an event of source AUDIT about task 't1', but got one of source AUDIT about 't2'");
    }

    @Test
    void invalidEventIsUnreadable() {
        thenUnreadable(
                event -> event.setSequence(-1),
                DeadLetterCategory.MALFORMED,
                "Expected sequence to be 0 or more, but got -1");
        thenUnreadable(
                event -> event.setStatus(dev.ratchet.v1.TaskStatus.UNKNOWN),
                DeadLetterCategory.UNKNOWN_STATUS,
                "Expected status to be one of [SCHEDULED");
    }

    @Test
    void resultOfLaterVersionIsUnreadable() {
        assertThat(read(result -> {
                    result.setResult(RepairOutcome.AUDITED);
                    result.setFinding(AuditFinding.UNKNOWN);
                }))
                .isEqualTo(new Reading.Unreadable(
                        DeadLetterCategory.MALFORMED,
                        "Expected a finding of an audit that Ratchet knows, about a task, but got UNKNOWN about 't1'"));
        assertThat(read(result -> result.setResult(RepairOutcome.UNKNOWN)))
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        unreadable -> assertThat(unreadable.flaw()).isEqualTo(DeadLetterCategory.MALFORMED));
    }

    @Test
    void auditRequestNeedsNoTask() {
        assertThat(read(result -> request(result, RepairOutcome.AUDIT_REQUESTED, "r1")))
                .isEqualTo(new Reading.Request("r1", Kind.AUDIT_OF_LIVE_TASKS));
        assertThat(read(result -> request(result, RepairOutcome.FULL_AUDIT_REQUESTED, "r1")))
                .isEqualTo(new Reading.Request("r1", Kind.AUDIT_OF_ALL_TASKS));
        assertThat(read(result -> request(result, RepairOutcome.AUDIT_REQUESTED, "")))
                .isEqualTo(new Reading.Unreadable(
                        DeadLetterCategory.MALFORMED,
                        "Expected a request about all tasks to have a commandId, but got none"));
    }

    @Test
    void republishRequestNeedsNoTask() {
        assertThat(read(result -> request(result, RepairOutcome.REPUBLISH_REQUESTED, "r1")))
                .isEqualTo(new Reading.Request("r1", Kind.REPUBLICATION));
        assertThat(read(result -> request(result, RepairOutcome.REPUBLISH_REQUESTED, "")))
                .isInstanceOf(Reading.Unreadable.class);
    }

    /** What an earlier version makes of it, which reads UNKNOWN. */
    @Test
    void requestOfLaterVersionIsUnreadable() {
        assertThat(read(result -> request(result, RepairOutcome.UNKNOWN, "r1")))
                .isEqualTo(new Reading.Unreadable(DeadLetterCategory.MALFORMED, "Expected a task id, but got ''"));
    }

    @Test
    void tombstoneIsIgnored() {
        assertThat(reader.read(null)).isEqualTo(new Reading.Nothing("tombstone"));
    }

    private void thenUnreadable(Consumer<TaskStatusEvent> change, DeadLetterCategory flaw, String error) {
        assertThat(read(result -> audited(result, change))).isInstanceOfSatisfying(Reading.Unreadable.class, found -> {
            assertThat(found.flaw()).isEqualTo(flaw);
            assertThat(found.error()).startsWith(error);
        });
    }

    private static void audited(RepairResult result, Consumer<TaskStatusEvent> change) {
        TaskStatusEvent event = TaskRecords.event(EVENT);
        change.accept(event);
        result.setResult(RepairOutcome.AUDITED);
        result.setFinding(AuditFinding.AHEAD);
        result.setEvent(event);
    }

    private static void request(RepairResult result, RepairOutcome request, String id) {
        result.setTaskId("");
        result.setCommandId(id);
        result.setResult(request);
    }

    private Reading read(Consumer<RepairResult> change) {
        RepairResult result = new RepairResult();
        result.setCommandId("t1/2/77/1");
        result.setTaskId("t1");
        result.setEpoch(2);
        result.setHeardSequence(77);
        result.setAttempt(1);
        result.setResult(RepairOutcome.DRY_RUN);
        result.setReason("because");
        result.setFinishedAt(Instant.ofEpochMilli(5));
        change.accept(result);
        return reader.read(new AvroSerializer<>(RepairResult.class, registry).serialize(TOPIC, result));
    }
}

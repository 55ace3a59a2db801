package dev.ratchet.ingest.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.ingest.PayloadCapturePolicy;
import dev.ratchet.ingest.Reading;
import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatusEvent;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NativeReaderTest {
    private static final String TOPIC = "task-status-events";
    private static final StatusEvent EVENT = new StatusEvent(
            new TaskIdentity("t1", "w1", "upload", "HTTP", "upload__3"),
            TaskStatus.TIMED_OUT,
            3,
            77,
            1_795_359_826_411L,
            EventSource.WEBHOOK,
            new EpochEvidence(new EpochKey(100, 2), 110, 120, 5, Flag.YES, Flag.NO, 600, 30));

    private final SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", "mock://native"));
    private final NativeReader reader = new NativeReader(
            new AvroDeserializer<>(TaskStatusEvent.class, registry), TOPIC, PayloadCapturePolicy.NOTHING);

    @Test
    void allFieldsAreRead() {
        assertThat(reader.read(bytes(record -> {}))).isEqualTo(new Reading.Event(EVENT));
    }

    @Test
    void optionalFieldsMayBeMissing() {
        StatusEvent bare = new StatusEvent(
                new TaskIdentity("t1", "", "", "", ""),
                TaskStatus.COMPLETED,
                0,
                0,
                0,
                EventSource.NATIVE,
                EpochEvidence.NONE);
        TaskStatusEvent record = TaskRecords.event(bare);
        assertThat(reader.read(bytes(record))).isEqualTo(new Reading.Event(bare));
        record.setWorkflowType("");
        record.setResponseTimeoutSeconds(0L);
        record.setCallbackAfterSeconds(0L);
        assertThat(reader.read(bytes(record))).isEqualTo(new Reading.Event(bare));
    }

    @Test
    void tombstoneIsIgnored() {
        assertThat(reader.read(null)).isEqualTo(new Reading.Nothing("tombstone"));
    }

    @Test
    void statusOfLaterVersionIsUnreadable() {
        assertThat(reader.read(bytes(record -> record.setStatus(dev.ratchet.v1.TaskStatus.UNKNOWN))))
                .isInstanceOfSatisfying(Reading.Unreadable.class, unreadable -> {
                    assertThat(unreadable.flaw()).isEqualTo(DeadLetterCategory.UNKNOWN_STATUS);
                    assertThat(unreadable.error()).startsWith("Expected status to be one of [SCHEDULED, ");
                });
    }

    @Test
    void sourceOfLaterVersionIsUnreadable() {
        thenUnreadable(record -> record.setSource(TaskSource.UNKNOWN), "Expected a known source, but got");
    }

    @ParameterizedTest
    @EnumSource(names = {"AUDIT", "CDC"})
    void auditAndCdcSourcesAreForbidden(TaskSource source) {
        assertThat(reader.read(bytes(record -> record.setSource(source))))
                .isEqualTo(new Reading.Unreadable(
                        DeadLetterCategory.FORBIDDEN_SOURCE,
                        "Expected source to be NATIVE or WEBHOOK on task-status-events, but got " + source
                                + ": it has a topic of its own"));
    }

    @Test
    void numbersOutOfRangeAndBlankIdsAreUnreadable() {
        thenUnreadable(record -> record.setSequence(-1), "Expected sequence to be 0 or more, but got -1");
        thenUnreadable(record -> record.setEpoch(-1), "Expected epoch to be 0 (not stated) or more, but got -1");
        thenUnreadable(record -> record.setTaskId(" "), "Expected taskId to be an id, but got ' '");
        thenUnreadable(record -> record.setTaskId(""), "Expected a task id, but got ''");
        thenUnreadable(record -> record.setWorkflowId(" "), "Expected workflowId to be an id, but got ' '");
    }

    @Test
    void controlCharactersInIdsAreUnreadable() {
        String odd = " to be an id without control characters or unpaired surrogates, but got 'a\\u0000'";
        thenUnreadable(record -> record.setTaskId("a\0"), "Expected taskId" + odd);
        thenUnreadable(record -> record.setWorkflowId("a\0"), "Expected workflowId" + odd);
    }

    @Test
    void negativeTimesAreUnreadable() {
        Instant negative = Instant.ofEpochMilli(-1);
        String error = " to be 1970 or later, in ms, but got 1969-12-31T23:59:59.999Z";
        thenUnreadable(record -> record.setScheduledTime(negative), "Expected scheduledTime" + error);
        thenUnreadable(record -> record.setStartTime(negative), "Expected startTime" + error);
        thenUnreadable(record -> record.setEndTime(negative), "Expected endTime" + error);
        thenUnreadable(record -> record.setUpdateTime(negative), "Expected updateTime" + error);
        thenUnreadable(record -> record.setOccurredAt(negative), "Expected occurredAt to be 1970 or later");
    }

    @Test
    void negativeCountsAreUnreadable() {
        thenUnreadable(record -> record.setRetryCount(-1), "Expected retryCount to be 0 or more, but got -1");
        thenUnreadable(record -> record.setPollCount(-7), "Expected pollCount to be 0 or more, but got -7");
    }

    @Test
    void timesAreOptionalWithSequence() {
        byte[] bytes = bytes(record -> {
            record.setScheduledTime(null);
            record.setStartTime(null);
            record.setEndTime(null);
            record.setOccurredAt(Instant.EPOCH);
        });
        assertThat(reader.read(bytes)).isInstanceOf(Reading.Event.class);
    }

    @Test
    void unavailableRegistryThrows() {
        SchemaRegistry away = SchemaRegistry.of(Map.of(
                "schema.registry.url", "http://127.0.0.1:9", "max.retries", "0", "http.connect.timeout.ms", "500"));
        NativeReader cutOff = new NativeReader(
                new AvroDeserializer<>(TaskStatusEvent.class, away), TOPIC, PayloadCapturePolicy.NOTHING);
        assertThatThrownBy(() -> cutOff.read(bytes(record -> {}))).isInstanceOf(RegistryException.class);
    }

    private void thenUnreadable(Consumer<TaskStatusEvent> change, String error) {
        assertThat(reader.read(bytes(change)))
                .isInstanceOfSatisfying(
                        Reading.Unreadable.class,
                        unreadable -> assertThat(unreadable.error()).startsWith(error));
    }

    private byte[] bytes(Consumer<TaskStatusEvent> change) {
        TaskStatusEvent record = TaskRecords.event(EVENT);
        change.accept(record);
        return bytes(record);
    }

    private byte[] bytes(TaskStatusEvent record) {
        return new AvroSerializer<>(TaskStatusEvent.class, registry).serialize(TOPIC, record);
    }
}

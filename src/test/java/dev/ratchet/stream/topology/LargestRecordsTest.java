package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.avro.AlertRecords;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.PayloadRecords;
import dev.ratchet.avro.RepairRecords;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.state.CapturedOutput;
import dev.ratchet.state.StoreSerdes;
import dev.ratchet.stream.deadletter.DeadLetters;
import dev.ratchet.stream.state.TimerBucket;
import dev.ratchet.stream.state.Timers;
import dev.ratchet.task.Alert;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.Outcome;
import dev.ratchet.task.RefusedWrite;
import dev.ratchet.task.Rejection;
import dev.ratchet.task.RejectionReason;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.TextLimits;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import dev.ratchet.v1.TaskStatusRejection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.junit.jupiter.api.Test;

/** The largest record of each kind that input can cause, measured like a producer measures it. */
class LargestRecordsTest {
    /** Bytes that the settings check reserves for everything except the output. */
    private static final int MAX_WITHOUT_OUTPUT = 65_536;

    private static final int OUTPUT = 900_000;
    private static final int MAX_REQUEST_SIZE = 1_048_576;

    /** Three bytes in UTF-8, the maximum per UTF-16 unit. */
    private static final String WIDE = "€";

    private static final String TEXT = WIDE.repeat(2_000_000);
    private static final String ID = WIDE.repeat(TextLimits.ID);

    private final SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", "mock://largest"));
    private final TaskIdentity task = new TaskIdentity(ID, ID, TEXT, TEXT, TEXT);
    private final TaskOutput payload = new TaskOutput(
            Optional.of("x".repeat(OUTPUT)), WIDE.repeat(TextLimits.PATH), TEXT, TEXT, WIDE.repeat(TextLimits.ID));

    private final TaskState state = state();

    @Test
    void changesAndRejectionsAreSmall() {
        Outcome.Accepted change = (Outcome.Accepted) StatusReducer.reduceFirst(event(1, TaskStatus.SCHEDULED));
        assertSmall(TaskStatusChange.class, TaskRecords.change(change.change()));
        for (RejectionReason reason : RejectionReason.values()) {
            Rejection rejection = new Rejection(event(1, TaskStatus.SCHEDULED), reason, state);
            assertSmall(TaskStatusRejection.class, TaskRecords.rejection(rejection));
        }
    }

    @Test
    void alertsWithRepairReasonAreSmall() {
        RepairResult result = new RepairResult();
        result.setTaskId(ID);
        result.setReason(TEXT);
        result.setResult(RepairOutcome.FAILED);
        String reason = RepairRecords.answer(result).reason();
        for (Alert.Kind kind : Alert.Kind.values()) {
            Alert alert = new Alert(kind, Alert.Phase.OPENED, state, "Expected").withReason(reason);
            assertSmall(TaskStatusAlert.class, AlertRecords.of(alert, Long.MAX_VALUE));
        }
        RefusedWrite write = new RefusedWrite(task, TaskStatus.COMPLETED, TaskStatus.IN_PROGRESS, Long.MAX_VALUE);
        assertSmall(TaskStatusAlert.class, AlertRecords.refusedWrite(write, Alert.Phase.OPENED, Long.MAX_VALUE));
    }

    @Test
    void commandsAreSmallWithoutOutput() {
        assertSmall(RepairCommand.class, RepairRecords.audit(state, Integer.MAX_VALUE, Long.MAX_VALUE));
        int command = size(RepairCommand.class, RepairRecords.repair(state, payload, Long.MAX_VALUE));
        assertThat(command).isBetween(OUTPUT, OUTPUT + MAX_WITHOUT_OUTPUT).isLessThan(MAX_REQUEST_SIZE);
    }

    @Test
    void eventsAreSmallWithoutOutput() {
        TaskStatusEvent event = TaskRecords.event(event(Integer.MAX_VALUE, TaskStatus.COMPLETED));
        PayloadRecords.addTo(event, payload);
        assertThat(size(TaskStatusEvent.class, event)).isBetween(OUTPUT, OUTPUT + MAX_WITHOUT_OUTPUT);
    }

    @Test
    void stateIsSmallWithoutOutput() {
        try (var serde = StoreSerdes.captured()) {
            CapturedOutput captured =
                    new CapturedOutput(Integer.MAX_VALUE, TaskStatus.COMPLETED, Long.MAX_VALUE, payload);
            assertThat(size(serde.serializer().serialize("", captured))).isBetween(OUTPUT, OUTPUT + MAX_WITHOUT_OUTPUT);
        }
        try (var serde = StoreSerdes.tracked()) {
            TrackedTask captured = new TrackedTask(state, Long.MAX_VALUE, 1, 1, 1, 1, 1);
            assertThat(size(serde.serializer().serialize("", captured))).isLessThan(MAX_WITHOUT_OUTPUT);
        }
    }

    @Test
    void fullTimerBucketIsSmall() {
        TimerBucket group = new TimerBucket();
        while (!group.isFull()) {
            group.add(new Timers.Entry(Timers.TimerType.TASK, 1, ID));
        }
        assertThat(size(group.toBytes())).isLessThan(MAX_REQUEST_SIZE / 4);
    }

    @Test
    void deadLettersFitLimit() {
        for (int most : new int[] {10_000, MAX_REQUEST_SIZE, 8 << 20}) {
            Header[] many = new Header[(most - 4_096) / 4 / 13];
            Arrays.fill(many, new RecordHeader("h", null));
            for (Header[] headers : new Header[][] {
                many, {new RecordHeader(WIDE.repeat(most), new byte[most])}, {new RecordHeader("h", new byte[most / 5])}
            }) {
                Record<byte[], byte[]> letter = new DeadLetters(most)
                        .of(
                                new Record<>(new byte[most], new byte[2 * most], 7, new RecordHeaders(headers)),
                                new ProcessorRecordContext(
                                        7, Long.MAX_VALUE, Integer.MAX_VALUE, "t".repeat(249), new RecordHeaders()),
                                DeadLetterCategory.PARTITION_MISMATCH,
                                TEXT,
                                9);
                assertThat(size(letter.key(), letter.value(), letter.headers().toArray()))
                        .isLessThanOrEqualTo(most);
            }
        }
    }

    private <T extends SpecificRecord> void assertSmall(Class<T> type, T record) {
        assertThat(size(type, record)).isLessThan(MAX_WITHOUT_OUTPUT / 4);
    }

    private <T extends SpecificRecord> int size(Class<T> type, T record) {
        return size(new AvroSerializer<>(type, registry).serialize("topic", record));
    }

    private static int size(byte[] value) {
        return size(ID.getBytes(StandardCharsets.UTF_8), value, new Header[0]);
    }

    private static int size(byte[] key, byte[] value, Header[] headers) {
        return AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE, CompressionType.NONE, key, value, headers);
    }

    /** With full lists of terminal reports, closed epochs and outcomes. */
    private TaskState state() {
        TaskState all =
                StatusReducer.reduceFirst(event(1, TaskStatus.SCHEDULED)).state();
        long sequence = 1;
        for (int epoch = 1; epoch < 40; epoch++) {
            for (int i = 0; i < 40; i++) {
                for (TaskStatus status : List.of(TaskStatus.FAILED, TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED)) {
                    all = StatusReducer.reduce(all, event(epoch, status, sequence += 1L << 40))
                            .state();
                }
            }
        }
        return all;
    }

    private StatusEvent event(int epoch, TaskStatus status) {
        return event(epoch, status, Long.MAX_VALUE / 2);
    }

    private StatusEvent event(int epoch, TaskStatus status, long sequence) {
        return new StatusEvent(
                task,
                status,
                epoch,
                sequence,
                Long.MAX_VALUE / 2 + sequence,
                EventSource.NATIVE,
                new EpochEvidence(
                        new EpochKey(sequence + epoch, epoch),
                        sequence,
                        status.isTerminal() ? Long.MAX_VALUE - sequence : 0,
                        Integer.MAX_VALUE,
                        EpochEvidence.Flag.NO,
                        EpochEvidence.Flag.NO,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE));
    }
}

package dev.ratchet.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.Alert;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.Outcome;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.TaskStatusEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a source did not say is null wherever the schema has null for it, in every record that carries it. */
class TaskRecordsTest {

    @ParameterizedTest
    @CsvSource({"'',", "order,order"})
    void emptyWorkflowTypeIsWrittenAsNull(String type, @Nullable String written) {
        Outcome.Accepted accepted = (Outcome.Accepted) StatusReducer.reduceFirst(event(type, TaskStatus.COMPLETED, 1));
        TaskState ended = accepted.state();
        Outcome.Rejected rejected =
                (Outcome.Rejected) StatusReducer.reduce(ended, event(type, TaskStatus.IN_PROGRESS, 2));
        Alert alert = Alert.between(Optional.of(ended), rejected.state()).get(0);

        assertThat(TaskRecords.change(accepted.change()).getWorkflowType()).isEqualTo(written);
        assertThat(TaskRecords.rejection(rejected.rejection()).getWorkflowType())
                .isEqualTo(written);
        assertThat(AlertRecords.of(alert, 3).getWorkflowType()).isEqualTo(written);
        assertThat(RepairRecords.repair(rejected.state(), TaskOutput.NONE, 3).getWorkflowType())
                .isEqualTo(written);
        assertThat(RepairRecords.audit(ended, 0, 3).getWorkflowType()).isEqualTo(written);
        assertThat(TaskRecords.event(event(type, TaskStatus.COMPLETED, 1)).getWorkflowType())
                .isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"'',''", ",''", "order,order"})
    void workflowTypeOfEventMayBeEmptyOrNull(@Nullable String written, String read) {
        TaskStatusEvent record = TaskRecords.event(event("other", TaskStatus.COMPLETED, 1));
        record.setWorkflowType(written);
        assertThat(TaskRecords.event(record).task().workflowType()).isEqualTo(read);
    }

    @Test
    void unknownEventFieldsAreNullAndSurviveRoundTrip() {
        StatusEvent event = event("", TaskStatus.COMPLETED, 1);
        TaskStatusEvent record = TaskRecords.event(event);
        assertThat(record.getSchema().getFields())
                .filteredOn(field -> field.schema().isNullable())
                .isNotEmpty()
                .allSatisfy(field ->
                        assertThat(record.get(field.pos())).as(field.name()).isNull());
        assertThat(TaskRecords.event(record)).isEqualTo(event);
    }

    private static StatusEvent event(String workflowType, TaskStatus status, long sequence) {
        return new StatusEvent(
                new TaskIdentity("t", "w", workflowType, "", ""),
                status,
                0,
                sequence,
                0,
                EventSource.CDC,
                EpochEvidence.NONE);
    }
}

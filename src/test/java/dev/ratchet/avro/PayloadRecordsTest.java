package dev.ratchet.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.TaskOutput;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.TaskStatusEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PayloadRecordsTest {
    private static final TaskOutput FULL = new TaskOutput(Optional.of("{\"ü\":1}"), "path", "w", "because", "sub");

    private final TaskStatusEvent event = new TaskStatusEvent();
    private final RepairCommand command = new RepairCommand();

    @Test
    void fullPayloadSurvivesRoundTrip() {
        PayloadRecords.addTo(event, FULL);
        PayloadRecords.addTo(command, FULL);

        assertThat(PayloadRecords.of(event)).isEqualTo(FULL);
        assertThat(PayloadRecords.of(command)).isEqualTo(FULL);
        assertThat(event.getWorkerId()).isEqualTo("w");
        assertThat(command.getSubWorkflowId()).isEqualTo("sub");
    }

    @Test
    void commandKeepsIncompleteFlag() {
        TaskOutput cut = FULL.withoutOutput();
        PayloadRecords.addTo(command, cut);
        assertThat(PayloadRecords.of(command)).isEqualTo(cut);
    }

    @Test
    void missingPayloadIsNull() {
        PayloadRecords.addTo(event, TaskOutput.NONE);
        PayloadRecords.addTo(command, TaskOutput.NONE);

        assertThat(event).isEqualTo(new TaskStatusEvent());
        assertThat(command).isEqualTo(new RepairCommand());
        assertThat(PayloadRecords.of(event)).isEqualTo(TaskOutput.NONE);
        assertThat(PayloadRecords.of(command)).isEqualTo(TaskOutput.NONE);
    }

    @Test
    void unsetFieldsAreMissingPayload() {
        assertThat(PayloadRecords.of(event)).isEqualTo(TaskOutput.NONE);
        assertThat(PayloadRecords.of(command)).isEqualTo(TaskOutput.NONE);
    }
}

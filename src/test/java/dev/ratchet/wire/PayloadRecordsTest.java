package dev.ratchet.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.Payload;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.TaskStatusEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PayloadRecordsTest {
    private static final Payload FULL = new Payload(Optional.of("{\"ü\":1}"), "path", "w", "because", "sub");

    private final TaskStatusEvent event = new TaskStatusEvent();
    private final RepairCommand command = new RepairCommand();

    @Test
    void allOfItComesBack() {
        PayloadRecords.addTo(event, FULL);
        PayloadRecords.addTo(command, FULL);

        assertThat(PayloadRecords.of(event)).isEqualTo(FULL);
        assertThat(PayloadRecords.of(command)).isEqualTo(FULL);
        assertThat(event.getWorkerId()).isEqualTo("w");
        assertThat(command.getSubWorkflowId()).isEqualTo("sub");
    }

    @Test
    void aCommandTellsWhetherItIsAll() {
        Payload cut = FULL.withoutOutput();
        PayloadRecords.addTo(command, cut);
        assertThat(PayloadRecords.of(command)).isEqualTo(cut);
    }

    @Test
    void noneIsNull() {
        PayloadRecords.addTo(event, Payload.NONE);
        PayloadRecords.addTo(command, Payload.NONE);

        assertThat(event).isEqualTo(new TaskStatusEvent());
        assertThat(command).isEqualTo(new RepairCommand());
        assertThat(PayloadRecords.of(event)).isEqualTo(Payload.NONE);
        assertThat(PayloadRecords.of(command)).isEqualTo(Payload.NONE);
    }

    @Test
    void whatWasNeverSetIsNone() {
        assertThat(PayloadRecords.of(event)).isEqualTo(Payload.NONE);
        assertThat(PayloadRecords.of(command)).isEqualTo(Payload.NONE);
    }
}

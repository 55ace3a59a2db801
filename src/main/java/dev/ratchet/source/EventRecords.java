package dev.ratchet.source;

import dev.ratchet.source.Reading.Flaw;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatusEvent;
import dev.ratchet.wire.Records;
import java.util.Arrays;

/** What an Avro record of an event reports. */
final class EventRecords {
    private EventRecords() {}

    /**
     * The event, whatever its source.
     *
     * @throws UnreadableException if status or source are none that this version knows
     * @throws IllegalArgumentException if a number is out of its range, or the task id is blank
     */
    static StatusEvent event(TaskStatusEvent record) throws UnreadableException {
        if (record.getStatus() == dev.ratchet.v1.TaskStatus.UNKNOWN) {
            throw new UnreadableException(
                    Flaw.UNKNOWN_STATUS,
                    "Expected status to be one of " + Arrays.toString(TaskStatus.values())
                            + ", but got one that this version's schema does not have");
        }
        if (record.getSource() == TaskSource.UNKNOWN) {
            throw UnreadableException.expected("a known source", "one that this version's schema does not have");
        }
        return Records.event(record);
    }
}

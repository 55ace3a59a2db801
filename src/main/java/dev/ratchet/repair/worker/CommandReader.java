package dev.ratchet.repair.worker;

import dev.ratchet.avro.PayloadRecords;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.conductor.TaskUpdate;
import dev.ratchet.config.RepairSettings.Mode;
import dev.ratchet.repair.AuditRequest;
import dev.ratchet.repair.RepairRequest;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.TextLimits;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairPurpose;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes commands, and rejects those that cannot be executed. */
final class CommandReader {
    private final Deserializer<RepairCommand> commands;
    private final boolean dryRun;

    CommandReader(Deserializer<RepairCommand> commands, Mode mode) {
        this.commands = commands;
        this.dryRun = mode != Mode.APPLY;
    }

    /**
     * Decodes a record.
     *
     * @throws dev.ratchet.registry.RegistryException if the registry does not return the schema
     * @throws SerializationException otherwise, if it cannot be decoded
     */
    RepairCommand decode(ConsumerRecord<String, byte[]> record) {
        RepairCommand command = commands.deserialize(record.topic(), record.value());
        if (command == null) {
            throw new SerializationException("Expected a command, but got nothing");
        }
        command.setCommandId(TextLimits.cut(command.getCommandId(), TextLimits.MESSAGE)); // the result repeats it
        return command;
    }

    /** @throws IllegalArgumentException if it names no task, or this version does not know what it asks for */
    Command parse(RepairCommand command) {
        if (command.getPurpose() == RepairPurpose.UNKNOWN) {
            throw unknownValue("purpose");
        }
        if (command.getTaskId().length() > TextLimits.ID) {
            throw new IllegalArgumentException("Expected a task id of at most " + TextLimits.ID
                    + " characters, but got " + command.getTaskId().length());
        }
        TaskStatus current = status("status", command.getStatus());
        EpochKey key =
                new EpochKey(TaskRecords.ms(command.getScheduledTime()), TaskRecords.count(command.getRetryCount()));
        long startTime = TaskRecords.ms(command.getStartTime());
        if (command.getPurpose() == RepairPurpose.REPAIR) {
            TaskUpdate update =
                    new TaskUpdate(command.getTaskId(), command.getWorkflowId(), current, PayloadRecords.of(command));
            int pollCount = TaskRecords.count(command.getPollCount());
            return new Command.ToRepair(command, new RepairRequest(update, key, startTime, pollCount, dryRun));
        }
        if (command.getTaskId().isBlank() || command.getEpoch() < 1 || command.getHeardSequence() < 0) {
            throw new IllegalArgumentException("Expected an audit to name a task, an epoch and a sequence, but got '"
                    + command.getTaskId() + "', " + command.getEpoch() + " and " + command.getHeardSequence());
        }
        return new Command.ToAudit(
                command,
                new AuditRequest(
                        command.getTaskId(),
                        command.getEpoch(),
                        command.getHeardSequence(),
                        current,
                        status("heardStatus", command.getHeardStatus()),
                        key,
                        startTime,
                        command.getAttempt()));
    }

    private static TaskStatus status(String field, dev.ratchet.v1.TaskStatus status) {
        if (status == dev.ratchet.v1.TaskStatus.UNKNOWN) {
            throw unknownValue(field);
        }
        return TaskStatus.valueOf(status.name());
    }

    private static IllegalArgumentException unknownValue(String field) {
        return new IllegalArgumentException(
                "Expected a " + field + " that Ratchet knows, but a later version wrote another");
    }
}

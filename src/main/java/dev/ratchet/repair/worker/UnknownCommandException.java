package dev.ratchet.repair.worker;

import dev.ratchet.v1.RepairCommand;
import org.apache.kafka.common.errors.SerializationException;

/** A command that can be decoded, but names no task or asks for something that this version does not know. */
final class UnknownCommandException extends SerializationException {
    private final transient RepairCommand command;

    UnknownCommandException(RepairCommand command, String message) {
        super(message);
        this.command = command;
    }

    RepairCommand command() {
        return command;
    }
}

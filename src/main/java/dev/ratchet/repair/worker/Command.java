package dev.ratchet.repair.worker;

import dev.ratchet.repair.AuditRequest;
import dev.ratchet.repair.RepairRequest;
import dev.ratchet.v1.RepairCommand;

/** What a command asks for. */
sealed interface Command {
    String taskId();

    /** In ms since the epoch, by the clock of the stream. */
    long issuedAt();

    /** Conductor is to be set right, if it still holds what was heard. There will be a result. */
    record ToRepair(RepairCommand command, RepairRequest request) implements Command {
        @Override
        public String taskId() {
            return command.getTaskId();
        }

        @Override
        public long issuedAt() {
            return command.getIssuedAt().toEpochMilli();
        }

        /** Whether the other is about the same lost update: another attempt at it. */
        boolean isSameAs(ToRepair other) {
            return command.getTaskId().equals(other.command.getTaskId())
                    && command.getEpoch() == other.command.getEpoch()
                    && command.getHeardSequence() == other.command.getHeardSequence();
        }

        /** The command bears the output, which may be secret. */
        @Override
        public String toString() {
            return "repair " + command.getCommandId();
        }
    }

    /** Conductor is to be asked. There is a result only if the stream has something to learn from the answer. */
    record ToAudit(AuditRequest request, long issuedAt) implements Command {
        @Override
        public String taskId() {
            return request.taskId();
        }
    }
}

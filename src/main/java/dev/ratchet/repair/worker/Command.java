package dev.ratchet.repair.worker;

import dev.ratchet.repair.AuditRequest;
import dev.ratchet.repair.RepairRequest;
import dev.ratchet.v1.RepairCommand;
import java.util.function.Consumer;
import java.util.function.Function;

/** What a record on the commands topic asks for. */
sealed interface Command {
    RepairCommand command();

    <R> R fold(Function<ToRepair, R> repair, Function<ToAudit, R> audit);

    default void accept(Consumer<ToRepair> repair, Consumer<ToAudit> audit) {
        Runnable action = fold(one -> () -> repair.accept(one), one -> () -> audit.accept(one));
        action.run();
    }

    default boolean isRepair() {
        return fold(repair -> true, audit -> false);
    }

    default String taskId() {
        return command().getTaskId();
    }

    /** Epoch milliseconds, by the clock of the stream. */
    default long issuedAt() {
        return command().getIssuedAt().toEpochMilli();
    }

    /** Write the current status to Conductor if Conductor still holds the last reported one. Always has a result. */
    record ToRepair(RepairCommand command, RepairRequest request) implements Command {
        @Override
        public <R> R fold(Function<ToRepair, R> repair, Function<ToAudit, R> audit) {
            return repair.apply(this);
        }

        /** Whether the other is another attempt at the same lost update. */
        boolean isSameAs(ToRepair other) {
            return command.getTaskId().equals(other.command.getTaskId())
                    && command.getEpoch() == other.command.getEpoch()
                    && command.getHeardSequence() == other.command.getHeardSequence();
        }

        /** Without the output, which may be secret. */
        @Override
        public String toString() {
            return "repair " + command.getCommandId();
        }
    }

    /** Compare Conductor's row with the last reported status. Has a result only if the row differs. */
    record ToAudit(RepairCommand command, AuditRequest request) implements Command {
        @Override
        public <R> R fold(Function<ToRepair, R> repair, Function<ToAudit, R> audit) {
            return audit.apply(this);
        }
    }
}

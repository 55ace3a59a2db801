package dev.ratchet.repair.worker;

import dev.ratchet.conductor.ConductorClient;
import dev.ratchet.conductor.ConductorRefusedException;
import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.config.RepairSettings.Mode;
import dev.ratchet.repair.AuditFinding;
import dev.ratchet.repair.AuditResult;
import dev.ratchet.repair.AuditRule;
import dev.ratchet.repair.RepairProtocol;
import dev.ratchet.repair.RepairResult;
import dev.ratchet.repair.RepairResult.Outcome;
import dev.ratchet.task.TextLimits;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairPurpose;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one order: has Conductor asked, and writes, counts and tells what came of it. */
final class CommandHandler {
    private static final Logger LOG = LoggerFactory.getLogger(CommandHandler.class);

    /** Of the form that Conductor's own ids have, and none of them. */
    private static final String NO_TASK = new UUID(0, 0).toString();

    private final Mode mode;
    private final ConductorClient conductor;
    private final RepairProtocol protocol;
    private final ResultPublisher publisher;
    private final InfrastructureRetry retry;
    private final RepairCounters counters;
    private final Clock clock;
    private boolean refusesAudits;

    CommandHandler(
            Mode mode,
            ConductorClient conductor,
            RepairProtocol protocol,
            ResultPublisher publisher,
            InfrastructureRetry retry,
            RepairCounters counters,
            Clock clock) {
        this.mode = mode;
        this.conductor = conductor;
        this.protocol = protocol;
        this.publisher = publisher;
        this.retry = retry;
        this.counters = counters;
        this.clock = clock;
    }

    /** @throws ConductorUnavailableException if Conductor gave no answer that says anything: nothing came of it yet */
    void attend(Command order) {
        if (order instanceof Command.ToRepair repair) {
            answer(repair, mode == Mode.OFF ? isOff() : repaired(repair));
        } else if (order instanceof Command.ToAudit audit) {
            audit(audit);
        }
    }

    /** A mistake of ours about one task must not keep the others from being repaired. */
    private RepairResult repaired(Command.ToRepair repair) {
        try {
            return protocol.repair(repair.request());
        } catch (ConductorUnavailableException | KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("Repair of task {} failed in Ratchet itself. Please report it", repair.taskId(), e);
            return new RepairResult(Outcome.FAILED, "Ratchet itself failed: " + e, Optional.empty(), false);
        }
    }

    /** Conductor answers others, but never about this one. */
    void giveUp(Command order, int tries, ConductorUnavailableException failure) {
        String reason = "Expected an answer of Conductor, but in %d tries it gave none about this task: %s"
                .formatted(tries, failure.getMessage());
        if (order instanceof Command.ToRepair repair) {
            answer(repair, new RepairResult(Outcome.FAILED, reason, Optional.empty(), false));
        } else {
            LOG.warn("Audit of task {} given up: {}", order.taskId(), reason);
            counters.count(AuditFinding.UNREADABLE);
        }
    }

    /** As {@link #giveUp}, without a result, as it may be for a person to permit it: that must not use up an attempt. */
    void leave(Command order, int tries, ConductorUnavailableException failure) {
        counters.countDroppedRepair();
        LOG.warn(
                "Repair of task {} has no result: Conductor answers others, but in {} tries not about this task. The stream"
                        + " issues the repair again, or has raised REPAIR_FAILED. See whether Ratchet may read and write the"
                        + " task, then run 'ratchet repairs retry' with its id: {}",
                order.taskId(),
                tries,
                failure.getMessage());
    }

    /** Whether Conductor answers about a task that nobody has: then it is not away. */
    boolean isConductorThere() {
        try {
            conductor.task(NO_TASK);
            return true;
        } catch (ConductorRefusedException e) {
            return true;
        } catch (ConductorUnavailableException e) {
            return false;
        }
    }

    /**
     * A command that is passed over gets a result as well, so that whoever waits for it need not wait. One that cannot be
     * read at all names nothing but its task, by its key.
     */
    void refuse(ConsumerRecord<String, byte[]> record, SerializationException flaw) {
        String taskId = record.key();
        if (taskId == null || taskId.isBlank() || taskId.length() > TextLimits.ID) {
            return;
        }
        RepairCommand command = flaw instanceof UnknownCommandException known ? known.command() : unknown(taskId);
        if (command.getPurpose() == RepairPurpose.AUDIT || !command.getTaskId().equals(taskId)) {
            return;
        }
        String reason = TextLimits.cut("The command cannot be carried out: " + flaw.getMessage(), TextLimits.MESSAGE);
        answer(new RepairResult(Outcome.FAILED, reason, Optional.empty(), false), command);
    }

    private static RepairCommand unknown(String taskId) {
        RepairCommand command = new RepairCommand();
        command.setCommandId("");
        command.setTaskId(taskId);
        command.setHeardSequence(-1); // and no attempt: whichever is waited for
        return command;
    }

    private static RepairResult isOff() {
        return new RepairResult(
                Outcome.FAILED, // it is tried again, for the case that the mode is another then
                "Expected ratchet.repair.mode to be dry-run or apply, but it is off",
                Optional.empty(),
                false);
    }

    private void answer(RepairResult result, RepairCommand command) {
        retry.call(() -> {
            publisher.result(command, result, clock.instant());
            return true;
        });
        counters.count(result);
    }

    private void answer(Command.ToRepair repair, RepairResult result) {
        answer(result, repair.command());
        if (result.secondExecutionPossible()) {
            LOG.warn(
                    "Task {} may have been executed twice: {}, {}", repair.taskId(), result.outcome(), result.reason());
        } else if (result.outcome() == Outcome.REPAIRED) {
            LOG.info("Task {} is repaired: {}", repair.taskId(), result.reason());
        }
    }

    private void audit(Command.ToAudit order) {
        try {
            AuditResult result = AuditRule.of(order.request(), conductor.task(order.taskId()), clock.millis());
            refusesAudits = false;
            if (result.isReported()) {
                retry.call(() -> {
                    publisher.audit(result, clock.instant());
                    return true;
                });
            }
            if (result.finding() == AuditFinding.UNREADABLE) {
                LOG.warn(
                        "Expected an answer about task {} in a status that Ratchet knows, but got {}",
                        order.taskId(),
                        result.row()
                                .map(row -> row.taskId() + " in " + row.status())
                                .orElse(""));
            }
            counters.count(result.finding());
        } catch (ConductorRefusedException e) {
            counters.count(AuditFinding.UNREADABLE);
            if (!refusesAudits) {
                LOG.warn(
                        "Conductor refuses audits, and it is not told again until one is answered: {}", e.getMessage());
                refusesAudits = true;
            }
        } catch (ConductorUnavailableException | KafkaException | ShutdownSignal.Stopped e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("Audit of task {} failed in Ratchet itself. Please report it", order.taskId(), e);
            counters.count(AuditFinding.UNREADABLE);
        }
    }
}

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
    private boolean auditRefusalLogged;

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
    void execute(Command command) {
        command.accept(repair -> publish(repair, mode == Mode.OFF ? modeIsOff() : repair(repair)), this::audit);
    }

    /** A mistake of ours about one task must not keep the others from being repaired. */
    private RepairResult repair(Command.ToRepair repair) {
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
    void giveUp(Command command, int tries, ConductorUnavailableException failure) {
        String reason = "Expected an answer of Conductor, but in %d tries it gave none about this task: %s"
                .formatted(tries, failure.getMessage());
        command.accept(
                repair -> publish(repair, new RepairResult(Outcome.FAILED, reason, Optional.empty(), false)), audit -> {
                    LOG.warn(
                            "RATCHET-2101 Audit of a task has no result: Conductor answers about other tasks, but not about this one. task={}, tries={}, error={}",
                            audit.taskId(),
                            tries,
                            failure.getMessage());
                    counters.count(AuditFinding.UNREADABLE);
                });
    }

    /** As {@link #giveUp}, without a result, as it may be for a person to permit it: that must not use up an attempt. */
    void abandon(Command command, int tries, ConductorUnavailableException failure) {
        counters.countDroppedRepair();
        LOG.warn(
                "Repair of task {} has no result: Conductor answers others, but in {} tries not about this task. The stream"
                        + " issues the repair again, or has raised REPAIR_FAILED. See whether Ratchet may read and write the"
                        + " task, then run 'ratchet repairs retry' with its id: {}",
                command.taskId(),
                tries,
                failure.getMessage());
    }

    /** Whether Conductor answers about a task that nobody has: then it is not away. */
    boolean probeConductor() {
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
    void reject(ConsumerRecord<String, byte[]> record, SerializationException failure) {
        String taskId = record.key();
        if (taskId == null || taskId.isBlank() || taskId.length() > TextLimits.ID) {
            return;
        }
        RepairCommand command =
                failure instanceof UnknownCommandException known ? known.command() : unreadableCommand(taskId);
        if (command.getPurpose() == RepairPurpose.AUDIT || !command.getTaskId().equals(taskId)) {
            return;
        }
        String reason =
                TextLimits.cut("The command cannot be carried out: " + failure.getMessage(), TextLimits.MESSAGE);
        publish(new RepairResult(Outcome.FAILED, reason, Optional.empty(), false), command);
    }

    private static RepairCommand unreadableCommand(String taskId) {
        RepairCommand command = new RepairCommand();
        command.setCommandId("");
        command.setTaskId(taskId);
        command.setHeardSequence(-1); // and no attempt: whichever is waited for
        return command;
    }

    private static RepairResult modeIsOff() {
        return new RepairResult(
                Outcome.FAILED, // it is tried again, for the case that the mode is another then
                "Expected ratchet.repair.mode to be dry-run or apply, but it is off",
                Optional.empty(),
                false);
    }

    private void publish(RepairResult result, RepairCommand command) {
        retry.call(() -> {
            publisher.result(command, result, clock.instant());
            return true;
        });
        counters.count(result);
    }

    private void publish(Command.ToRepair repair, RepairResult result) {
        publish(result, repair.command());
        if (result.secondExecutionPossible()) {
            LOG.warn(
                    "Task {} may have been executed twice: {}, {}", repair.taskId(), result.outcome(), result.reason());
        } else if (result.outcome() == Outcome.REPAIRED) {
            LOG.info("Task {} is repaired: {}", repair.taskId(), result.reason());
        }
    }

    private void audit(Command.ToAudit command) {
        try {
            AuditResult result = AuditRule.compare(command.request(), conductor.task(command.taskId()), clock.millis());
            auditRefusalLogged = false;
            if (result.isReported()) {
                retry.call(() -> {
                    publisher.audit(result, clock.instant());
                    return true;
                });
            }
            if (result.finding() == AuditFinding.UNREADABLE) {
                LOG.warn(
                        "Expected an answer about task {} in a status that Ratchet knows, but got {}",
                        command.taskId(),
                        result.row()
                                .map(row -> row.taskId() + " in " + row.status())
                                .orElse(""));
            }
            counters.count(result.finding());
        } catch (ConductorRefusedException e) {
            counters.count(AuditFinding.UNREADABLE);
            if (!auditRefusalLogged) {
                LOG.warn(
                        "Conductor refuses audits, and it is not told again until one is answered: {}", e.getMessage());
                auditRefusalLogged = true;
            }
        } catch (ConductorUnavailableException | KafkaException | ShutdownSignal.ShutdownException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("Audit of task {} failed in Ratchet itself. Please report it", command.taskId(), e);
            counters.count(AuditFinding.UNREADABLE);
        }
    }
}

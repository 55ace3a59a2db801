package dev.ratchet.repair.worker;

import dev.ratchet.conductor.ConductorClient;
import dev.ratchet.conductor.ConductorRefusedException;
import dev.ratchet.conductor.ConductorTask;
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
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes one command: calls Conductor, publishes the result, and counts it. */
final class CommandHandler {
    private static final Logger LOG = LoggerFactory.getLogger(CommandHandler.class);

    /** Has the form of Conductor's task ids, but is none. */
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

    /**
     * Executes a command.
     *
     * @param trace headers of its result
     * @throws ConductorUnavailableException if Conductor did not answer: the command has no result yet
     */
    void execute(Command command, Headers trace) {
        command.accept(repair -> publish(repair, repair(repair), trace), audit -> audit(audit, trace));
    }

    /** A bug that one task triggers must not block the repairs of others. */
    private RepairResult repair(Command.ToRepair repair) {
        if (mode == Mode.OFF) { // the stream retries it, and the mode may have changed by then
            return RepairResult.failed("Expected ratchet.repair.mode to be dry-run or apply, but it is off");
        }
        try {
            return protocol.repair(repair.request());
        } catch (ConductorUnavailableException | KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error(
                    "RATCHET-2106 A repair failed because of an error in Ratchet. Please report it. task={}",
                    repair.taskId(),
                    e);
            return RepairResult.failed("The repair failed because of an error in Ratchet: " + e);
        }
    }

    /** Ends a command about which Conductor does not answer while it answers about others. */
    void giveUp(Command command, Headers trace, int tries, ConductorUnavailableException failure) {
        String reason =
                "Conductor did not answer about this task in %d tries: %s".formatted(tries, failure.getMessage());
        command.accept(repair -> publish(repair, RepairResult.failed(reason), trace), audit -> {
            LOG.warn(
                    "RATCHET-2101 Audit of a task has no result: Conductor answers about other tasks, but not about this one. task={}, tries={}, error={}",
                    audit.taskId(),
                    tries,
                    failure.getMessage());
            counters.count(AuditFinding.UNREADABLE);
        });
    }

    /** As {@link #giveUp}, without a result: if an operator has to grant access first, that must not use up an attempt. */
    void abandon(Command command, int tries, ConductorUnavailableException failure) {
        counters.count(RepairCounters.Other.DROPPED_REPAIR);
        LOG.warn(
                "RATCHET-2107 A repair has no result: Conductor answers about other tasks, but not about this one. The"
                        + " stream issues the repair again or has raised REPAIR_FAILED. Check whether Ratchet may read and"
                        + " write the task, then run 'ratchet repairs retry' with its id. task={}, tries={}, error={}",
                command.taskId(),
                tries,
                failure.getMessage());
    }

    /** Asks about a task that does not exist. {@return whether Conductor answers} */
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
     * Publishes a result for a command that is skipped, so that the stream does not wait for it.
     *
     * @param decoded null if the command cannot be decoded: only the record key names the task
     * @param trace headers of the result
     */
    void reject(@Nullable String taskId, @Nullable RepairCommand decoded, Headers trace, RuntimeException failure) {
        if (taskId == null || taskId.isBlank() || taskId.length() > TextLimits.ID) {
            return;
        }
        RepairCommand command = decoded == null ? unreadableCommand(taskId) : decoded;
        if (command.getPurpose() == RepairPurpose.AUDIT || !command.getTaskId().equals(taskId)) {
            return;
        }
        String reason =
                TextLimits.cut("The command cannot be carried out: " + failure.getMessage(), TextLimits.MESSAGE);
        publish(RepairResult.failed(reason), command, trace);
    }

    private static RepairCommand unreadableCommand(String taskId) {
        RepairCommand command = new RepairCommand();
        command.setCommandId("");
        command.setTaskId(taskId);
        command.setHeardSequence(-1); // with attempt 0: matches whichever command the stream waits for
        return command;
    }

    private void publish(RepairResult result, RepairCommand command, Headers trace) {
        retry.call(() -> {
            publisher.result(command, result, trace, clock.instant());
            return true;
        });
        counters.count(result);
    }

    private void publish(Command.ToRepair repair, RepairResult result, Headers trace) {
        publish(result, repair.command(), trace);
        if (result.secondExecutionPossible()) {
            LOG.warn(
                    "RATCHET-2108 A task may have been executed twice. task={}, result={}, reason={}",
                    repair.taskId(),
                    result.outcome(),
                    result.reason());
        } else if (result.outcome() == Outcome.REPAIRED) {
            LOG.info("Repaired a task. task={}, reason={}", repair.taskId(), result.reason());
        }
    }

    private void audit(Command.ToAudit command, Headers trace) {
        try {
            AuditResult result = AuditRule.compare(command.request(), conductor.task(command.taskId()), clock.millis());
            auditRefusalLogged = false;
            if (result.isReported()) {
                retry.call(() -> {
                    publisher.audit(result, trace, clock.instant());
                    return true;
                });
            }
            if (result.finding() == AuditFinding.UNREADABLE) {
                LOG.warn(
                        "RATCHET-2109 Cannot audit a task: Conductor's answer is about another task or has an unknown status."
                                + " task={}, answered={}, status={}",
                        command.taskId(),
                        result.row().map(row -> row.task().taskId()).orElse(""),
                        result.row().map(ConductorTask::status).orElse(""));
            }
            counters.count(result.finding());
        } catch (ConductorRefusedException e) {
            counters.count(AuditFinding.UNREADABLE);
            if (!auditRefusalLogged) {
                LOG.warn(
                        "RATCHET-2110 Conductor refuses audits. This is not logged again until it answers one. error={}",
                        e.getMessage());
                auditRefusalLogged = true;
            }
        } catch (ConductorUnavailableException | KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error(
                    "RATCHET-2111 An audit failed because of an error in Ratchet. Please report it. task={}",
                    command.taskId(),
                    e);
            counters.count(AuditFinding.UNREADABLE);
        }
    }
}

package dev.ratchet.repairer;

import dev.ratchet.config.Repair.Mode;
import dev.ratchet.repair.AuditFinding;
import dev.ratchet.repair.AuditResult;
import dev.ratchet.repair.AuditRule;
import dev.ratchet.repair.Conductor;
import dev.ratchet.repair.ConductorRefusedException;
import dev.ratchet.repair.ConductorUnavailableException;
import dev.ratchet.repair.RepairProtocol;
import dev.ratchet.repair.RepairResult;
import dev.ratchet.repair.RepairResult.Outcome;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one order: has Conductor asked, and writes, counts and tells what came of it. */
final class Attendant {
    private static final Logger LOG = LoggerFactory.getLogger(Attendant.class);

    private final Mode mode;
    private final Conductor conductor;
    private final RepairProtocol protocol;
    private final Publisher publisher;
    private final Bearing bearing;
    private final RepairTally tally;
    private final Clock clock;
    private boolean refusesAudits;

    Attendant(
            Mode mode,
            Conductor conductor,
            RepairProtocol protocol,
            Publisher publisher,
            Bearing bearing,
            RepairTally tally,
            Clock clock) {
        this.mode = mode;
        this.conductor = conductor;
        this.protocol = protocol;
        this.publisher = publisher;
        this.bearing = bearing;
        this.tally = tally;
        this.clock = clock;
    }

    /** @throws ConductorUnavailableException if Conductor gave no answer that says anything: nothing came of it yet */
    void attend(Order order) {
        if (order instanceof Order.ToRepair repair) {
            answer(repair, mode == Mode.OFF ? isOff() : protocol.repair(repair.request()));
        } else if (order instanceof Order.ToAudit audit) {
            audit(audit);
        }
    }

    /** Conductor answers others, but never about this one. */
    void giveUp(Order order, int tries, ConductorUnavailableException failure) {
        String reason =
                "Expected an answer of Conductor, but in %d tries it gave none about this task, while it answered about others: %s"
                        .formatted(tries, failure.getMessage());
        if (order instanceof Order.ToRepair repair) {
            answer(repair, new RepairResult(Outcome.FAILED, reason, Optional.empty(), false));
        } else {
            LOG.warn("Audit of task {} given up: {}", order.taskId(), reason);
            tally.count(AuditFinding.UNREADABLE);
        }
    }

    private static RepairResult isOff() {
        return new RepairResult(
                Outcome.NOT_REPAIRABLE,
                "Expected ratchet.repair.mode to be dry-run or apply, but it is off",
                Optional.empty(),
                false);
    }

    private void answer(Order.ToRepair repair, RepairResult result) {
        bearing.outlast(() -> {
            publisher.result(repair.command(), result, clock.instant());
            return true;
        });
        tally.count(result);
        if (result.secondExecutionPossible()) {
            LOG.warn(
                    "Task {} may have been executed twice: {}, {}", repair.taskId(), result.outcome(), result.reason());
        } else if (result.outcome() == Outcome.REPAIRED) {
            LOG.info("Task {} is repaired: {}", repair.taskId(), result.reason());
        }
    }

    private void audit(Order.ToAudit order) {
        try {
            AuditResult result = AuditRule.of(order.request(), conductor.task(order.taskId()), clock.millis());
            refusesAudits = false;
            if (result.isReported()) {
                bearing.outlast(() -> {
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
            tally.count(result.finding());
        } catch (ConductorRefusedException e) {
            tally.count(AuditFinding.UNREADABLE);
            if (!refusesAudits) {
                LOG.warn(
                        "Conductor refuses audits, and it is not told again until one is answered: {}", e.getMessage());
                refusesAudits = true;
            }
        }
    }
}

package dev.ratchet.stream.timer;

import dev.ratchet.stream.RecordForwarder;
import dev.ratchet.stream.state.PartitionValue;
import dev.ratchet.stream.state.TaskStore;
import dev.ratchet.stream.state.TimerBudget;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.stream.timer.TaskWalk.Visit;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Audits all tasks of one partition once, on request ({@code ratchet audit}), at the rate of audits. */
public final class FullAudit {
    private static final Logger LOG = LoggerFactory.getLogger(FullAudit.class);
    private static final Bytes PROGRESS = PartitionValue.FULL_AUDIT.key();

    private final int partition;
    private final TaskWalk walk;
    private final Optional<AuditBudget> audits;
    private final RecordForwarder forwarder;

    private boolean timersFirst;

    /** @param audits the rate, shared with due audits; empty if Ratchet does not ask Conductor */
    public FullAudit(
            int partition,
            TimerStore store,
            TaskStore tasks,
            TimerBudget budget,
            Optional<AuditBudget> audits,
            RecordForwarder forwarder) {
        this.partition = partition;
        this.walk = new TaskWalk(PROGRESS, "audit", store, tasks, budget);
        this.audits = audits;
        this.forwarder = forwarder;
    }

    /** Begins an audit, in place of one that still runs. Nothing if it is the last request, read again. */
    public void request(String requestId, boolean endedToo) {
        if (walk.request(requestId, endedToo)) {
            LOG.info("Audit of {} of partition {} begins. request={}", scope(), partition, requestId);
        }
    }

    /**
     * Issues the next audits, as far as the rate allows. It takes turns with the audits that are due anyway, since
     * neither may hold up the other: whichever issued some goes second the next time.
     *
     * @param dueAudits issues those
     */
    public void advance(long now, Runnable dueAudits) {
        AuditBudget rate = audits.orElse(null);
        if (!walk.progress().running() || rate == null) {
            dueAudits.run();
            if (walk.progress().running()) {
                drop();
            }
            return;
        }
        Runnable own = () -> issue(now, rate);
        long before = rate.taken();
        (timersFirst ? dueAudits : own).run();
        boolean hasIssued = rate.taken() > before;
        (timersFirst ? own : dueAudits).run();
        timersFirst ^= hasIssued;
    }

    private void issue(long now, AuditBudget rate) {
        if (walk.advance(
                now,
                tracked -> tracked.filter(this::isWanted)
                        .map(task -> issue(task, now, rate))
                        .orElse(Visit.SKIPPED))) {
            LOG.info(
                    "Issued {} audits of {} of partition {}; results follow on conductor-repair-results. request={}",
                    walk.progress().issued(),
                    scope(),
                    partition,
                    walk.progress().requestId());
        }
    }

    private Visit issue(TrackedTask task, long now, AuditBudget rate) {
        if (!rate.take(now)) {
            return Visit.LATER;
        }
        forwarder.audit(task);
        return Visit.ISSUED;
    }

    private boolean isWanted(TrackedTask tracked) {
        return walk.progress().endedToo() ? !tracked.task().lastReported().isDeleted() : tracked.isLive();
    }

    private void drop() {
        LOG.warn(
                "RATCHET-1209 An audit was requested, but ratchet.repair.mode and ratchet.audit.mode are off, or"
                        + " ratchet.conductor.url is not set, so nobody asks Conductor: the audit is dropped."
                        + " partition={} request={}",
                partition,
                walk.progress().requestId());
        walk.end();
    }

    private String scope() {
        return walk.progress().endedToo() ? "all tasks" : "all live tasks";
    }
}

package dev.ratchet.stream.timer;

import dev.ratchet.state.FullAuditProgress;
import dev.ratchet.state.UnreadableStateException;
import dev.ratchet.stream.RecordForwarder;
import dev.ratchet.stream.state.TaskStore;
import dev.ratchet.stream.state.TimerBudget;
import dev.ratchet.stream.state.TimerBudget.Turn;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits all tasks of one partition once, on request, at the rate of audits. The store of the timers holds the request
 * and the last task that is done: after a restart, whoever owns the partition continues there.
 */
public final class FullAudit {
    private static final Logger LOG = LoggerFactory.getLogger(FullAudit.class);

    /** Key of the progress; before those of timers, which begin with their type. */
    private static final Bytes PROGRESS = Bytes.wrap(new byte[] {0, 2});

    private static final int PORTION = 100;

    private final int partition;
    private final TimerStore store;
    private final TaskStore tasks;
    private final TimerBudget budget;
    private final Optional<AuditBudget> audits;
    private final RecordForwarder forwarder;

    private final Deque<String> next = new ArrayDeque<>();

    private FullAuditProgress progress;
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
        this.store = store;
        this.tasks = tasks;
        this.budget = budget;
        this.audits = audits;
        this.forwarder = forwarder;
        this.progress = stored(store.get(PROGRESS));
    }

    /** An audit that a later version noted is not worth a stop of the stream. */
    private static FullAuditProgress stored(byte @Nullable [] bytes) {
        try {
            return bytes == null ? FullAuditProgress.NONE : FullAuditProgress.of(bytes);
        } catch (UnreadableStateException e) {
            LOG.warn(
                    "RATCHET-1210 The progress of a requested audit cannot be read, so the audit ends here. Run 'ratchet"
                            + " audit' again. error={}",
                    e.getMessage());
            return FullAuditProgress.NONE;
        }
    }

    /** Begins an audit, in place of one that still runs. Nothing if it is the last request, read again. */
    public void request(String requestId, boolean endedToo) {
        if (requestId.equals(progress.requestId())) {
            return;
        }
        next.clear();
        keep(FullAuditProgress.begin(requestId, endedToo));
        LOG.info("Audit of {} of partition {} begins. request={}", scope(), partition, requestId);
    }

    /**
     * Issues the next audits, as far as the rate allows. It takes turns with the audits that are due anyway, since
     * neither may hold up the other: whichever issued some goes second the next time.
     *
     * @param dueAudits issues those
     */
    public void advance(long now, Runnable dueAudits) {
        AuditBudget rate = audits.orElse(null);
        if (!progress.running() || rate == null) {
            dueAudits.run();
            if (progress.running()) {
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
        FullAuditProgress reached = progress;
        try (Turn turn = budget.turn(now)) {
            while (hasNext(reached)) {
                TrackedTask taskToAudit = taskToAudit(next.element());
                if (!turn.take() || (taskToAudit != null && !rate.take(now))) {
                    break;
                }
                if (taskToAudit != null) {
                    forwarder.audit(taskToAudit);
                }
                reached = reached.after(next.remove(), taskToAudit != null);
            }
        }
        if (next.isEmpty()) {
            keep(reached.end());
            LOG.info(
                    "Issued {} audits of {} of partition {}; results follow on conductor-repair-results. request={}",
                    reached.issued(),
                    scope(),
                    partition,
                    reached.requestId());
        } else if (reached != progress) {
            keep(reached);
        }
    }

    private boolean hasNext(FullAuditProgress reached) {
        if (next.isEmpty()) {
            String last = reached.lastTaskId();
            tasks.after(last.isEmpty() ? null : last, PORTION)
                    .forEach(tracked -> next.add(tracked.task().task().taskId()));
        }
        return !next.isEmpty();
    }

    private @Nullable TrackedTask taskToAudit(String taskId) {
        TrackedTask tracked = tasks.get(taskId);
        boolean isWanted = tracked != null
                && (progress.endedToo() ? !tracked.task().lastReported().isDeleted() : tracked.isLive());
        return isWanted ? tracked : null;
    }

    private void drop() {
        LOG.warn(
                "RATCHET-1209 An audit was requested, but ratchet.repair.mode and ratchet.audit.mode are off, or"
                        + " ratchet.conductor.url is not set, so nobody asks Conductor: the audit is dropped."
                        + " partition={} request={}",
                partition,
                progress.requestId());
        keep(progress.end());
    }

    private String scope() {
        return progress.endedToo() ? "all tasks" : "all live tasks";
    }

    private void keep(FullAuditProgress reached) {
        progress = reached;
        store.put(PROGRESS, reached.toBytes());
    }
}

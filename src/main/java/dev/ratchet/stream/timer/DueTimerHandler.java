package dev.ratchet.stream.timer;

import dev.ratchet.log.LogThrottle;
import dev.ratchet.stream.RecordForwarder;
import dev.ratchet.stream.state.CapturedOutputStore;
import dev.ratchet.stream.state.TaskStore;
import dev.ratchet.stream.state.Timers.Entry;
import dev.ratchet.stream.state.Timers.TimerType;
import dev.ratchet.task.Alert;
import dev.ratchet.task.RepairProgress;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.deadline.DeadlinePolicy;
import dev.ratchet.task.deadline.TrackedTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles due timers of the tasks of one partition, as {@link DeadlinePolicy} decides. */
public final class DueTimerHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DueTimerHandler.class);

    /** How long timers of a task wait while one of its records waits for a schema, ms. */
    private static final long PAUSE = 1_000;

    private final TaskStore tasks;
    private final DeadlinePolicy watch;
    private final RecordForwarder forwarder;
    private final CapturedOutputStore outputs;
    private final Optional<AuditBudget> audits;
    private final RepairIssuer repairs;
    private final Duration silence;
    private final Predicate<String> defers;
    private final LogThrottle forgottenLive = new LogThrottle();

    /**
     * @param audits empty if audits are off
     * @param silence how long timers of a task wait while the whole source is silent
     * @param defers whether a record of a task waits for its schema: it may change what is due
     */
    public DueTimerHandler(
            TaskStore tasks,
            DeadlinePolicy watch,
            RecordForwarder forwarder,
            CapturedOutputStore outputs,
            Optional<AuditBudget> audits,
            RepairIssuer repairs,
            Duration silence,
            Predicate<String> defers) {
        this.tasks = tasks;
        this.watch = watch;
        this.forwarder = forwarder;
        this.outputs = outputs;
        this.audits = audits;
        this.repairs = repairs;
        this.silence = silence;
        this.defers = defers;
    }

    /**
     * Handles the due timer of a task.
     *
     * @param isSourceSilent whether a due task is not reported as stuck, because the whole source is silent
     */
    public void handle(Entry entry, long now, BooleanSupplier isSourceSilent) {
        TrackedTask tracked = tasks.of(entry);
        if (tracked == null) {
            return;
        }
        if (defers.test(entry.taskId())) {
            tasks.keepFired(TimerType.TASK, tracked, watch.rescheduleNotBefore(tracked, now, PAUSE));
            return;
        }
        switch (watch.dueAction(tracked, now)) {
            case NOTHING -> tasks.keepFired(TimerType.TASK, tracked, watch.reschedule(tracked, now));
            case REPAIR -> repair(tracked, now);
            case DROP -> drop(tracked, now);
            case FORGET -> forget(tracked, now);
            case STUCK -> {
                if (isSourceSilent.getAsBoolean()) {
                    tasks.keepFired(
                            TimerType.TASK, tracked, watch.rescheduleNotBefore(tracked, now, silence.toMillis()));
                } else {
                    stuck(tracked, now);
                }
            }
        }
    }

    /** Issues the audit of a task. {@return false if it must wait} */
    public boolean audit(Entry entry, long now) {
        TrackedTask tracked = tasks.of(entry);
        if (tracked == null) {
            return true;
        }
        boolean ask = audits.isPresent() && watch.isAuditDue(tracked, now);
        if (ask && !audits.get().take(now)) {
            if (watch.mayDelayAudit(tracked, now)) {
                return false;
            }
            audits.get().skip(tracked.task().task().taskId(), now);
            ask = false;
        }
        tasks.keepFired(TimerType.AUDIT, tracked, watch.rescheduleAudit(tracked, ask, now));
        if (ask) {
            forwarder.audit(tracked);
        }
        return true;
    }

    private void repair(TrackedTask tracked, long now) {
        TaskState task = tracked.task();
        if (repairs.isOff() || repairs.isAnsweredAlready(task)) {
            tasks.keepFired(TimerType.TASK, tracked, watch.reschedule(watch.postponeRepair(tracked, now), now));
            return;
        }
        TaskState next = repairs.next(task, now);
        forwarder.alerts(RepairIssuer.alerts(task, next));
        if (next.bookkeeping().repair().isPending()) {
            tasks.keepFired(TimerType.TASK, tracked, watch.reschedule(watch.onRepairIssued(tracked, next, now), now));
            forwarder.repair(next, outputs.of(task));
        } else {
            tasks.keepFired(TimerType.TASK, tracked, watch.reschedule(watch.onRepairGivenUp(tracked, next), now));
        }
    }

    private void stuck(TrackedTask tracked, long now) {
        TrackedTask noted = watch.onStuck(tracked, RepairProgress.markStuck(tracked.task()), now);
        tasks.keepFired(TimerType.TASK, tracked, watch.reschedule(noted, now));
        String reason = "the last event arrived at " + Instant.ofEpochMilli(tracked.lastEventAt()) + ", the limit is "
                + Duration.ofMillis(watch.maxSilence(tracked));
        forwarder.alerts(Alert.between(Optional.of(tracked.task()), noted.task()).stream()
                .map(alert -> alert.withReason(reason))
                .toList());
    }

    private void drop(TrackedTask tracked, long now) {
        outputs.drop(tracked.task());
        tasks.keepFired(TimerType.TASK, tracked, watch.reschedule(watch.onOutputDropped(tracked), now));
    }

    private void forget(TrackedTask tracked, long now) {
        int since = tracked.isLive() ? forgottenLive.add(now) : 0;
        if (since > 0) {
            LOG.warn(
                    "RATCHET-1206 The state of {} tasks that have not ended is deleted, because no event arrived for"
                            + " them within ratchet.retention.live. If such tasks are still running, raise"
                            + " ratchet.retention.live. example={}",
                    since,
                    tracked.task().task().taskId());
        }
        tasks.forget(tracked);
        if (tracked.dropOutputAt() != TrackedTask.NEVER) {
            outputs.drop(tracked.task());
        }
        forwarder.alerts(Alert.resolveAll(tracked.task()));
        forwarder.tombstone(tracked.task());
    }
}

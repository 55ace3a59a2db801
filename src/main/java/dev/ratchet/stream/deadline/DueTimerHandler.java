package dev.ratchet.stream.deadline;

import dev.ratchet.stream.LogThrottle;
import dev.ratchet.stream.RecordForwarder;
import dev.ratchet.stream.state.CapturedOutputStore;
import dev.ratchet.stream.state.TaskStore;
import dev.ratchet.stream.timer.Timers.Entry;
import dev.ratchet.stream.timer.Timers.Lane;
import dev.ratchet.task.Alert;
import dev.ratchet.task.RepairProgress;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.deadline.DeadlinePolicy;
import dev.ratchet.task.deadline.TrackedTask;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the tasks of one partition: does what {@link DeadlinePolicy} says is due. */
public final class DueTimerHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DueTimerHandler.class);

    /** How long a task is left alone that waits for a schema, ms. */
    private static final long PAUSE = 1_000;

    private final TaskStore tasks;
    private final DeadlinePolicy watch;
    private final RecordForwarder outlets;
    private final CapturedOutputStore outputs;
    private final Optional<AuditBudget> audits;
    private final RepairIssuer repairs;
    private final Duration silence;
    private final Predicate<String> defers;
    private final LogThrottle forgottenLive = new LogThrottle();

    /**
     * @param audits empty if nothing is audited
     * @param silence how long a task is left alone while the whole source is silent
     * @param defers whether a record of a task waits for its schema: it may change what is due
     */
    public DueTimerHandler(
            TaskStore tasks,
            DeadlinePolicy watch,
            RecordForwarder outlets,
            CapturedOutputStore outputs,
            Optional<AuditBudget> audits,
            RepairIssuer repairs,
            Duration silence,
            Predicate<String> defers) {
        this.tasks = tasks;
        this.watch = watch;
        this.outlets = outlets;
        this.outputs = outputs;
        this.audits = audits;
        this.repairs = repairs;
        this.silence = silence;
        this.defers = defers;
    }

    /**
     * Does what is due for a task.
     *
     * @param excused whether a task that is due is not called stuck, as the whole source is silent
     */
    public void look(Entry entry, long now, BooleanSupplier excused) {
        TrackedTask watched = tasks.of(entry);
        if (watched == null) {
            return;
        }
        if (defers.test(entry.taskId())) {
            tasks.keepFired(Lane.TASK, watched, watch.againNotBefore(watched, now, PAUSE));
            return;
        }
        switch (watch.due(watched, now)) {
            case NOTHING -> tasks.keepFired(Lane.TASK, watched, watch.again(watched, now));
            case REPAIR -> repair(watched, now);
            case DROP -> drop(watched, now);
            case FORGET -> forget(watched, now);
            case STUCK -> {
                if (excused.getAsBoolean()) {
                    tasks.keepFired(Lane.TASK, watched, watch.againNotBefore(watched, now, silence.toMillis()));
                } else {
                    stuck(watched, now);
                }
            }
        }
    }

    /** {@return false if it has to wait} */
    public boolean audit(Entry entry, long now) {
        TrackedTask watched = tasks.of(entry);
        if (watched == null) {
            return true;
        }
        boolean ask = audits.isPresent() && watch.isAuditDue(watched, now);
        if (ask && !audits.get().take(now)) {
            if (watch.mayWaitForItsAudit(watched, now)) {
                return false;
            }
            audits.get().passOver(watched.task().task().taskId(), now);
            ask = false;
        }
        tasks.keepFired(Lane.AUDIT, watched, watch.auditAgain(watched, ask, now));
        if (ask) {
            outlets.audit(watched);
        }
        return true;
    }

    private void repair(TrackedTask watched, long now) {
        TaskState task = watched.task();
        if (repairs.isOff() || repairs.isAnsweredAlready(task)) {
            tasks.keepFired(Lane.TASK, watched, watch.again(watch.postponed(watched, now), now));
            return;
        }
        TaskState next = repairs.next(task, now);
        outlets.alerts(RepairIssuer.alerts(task, next));
        if (next.ledger().repair().isPending()) {
            tasks.keepFired(Lane.TASK, watched, watch.again(watch.commanded(watched, next, now), now));
            outlets.repair(next, outputs.of(task));
        } else {
            tasks.keepFired(Lane.TASK, watched, watch.again(watch.givenUp(watched, next), now));
        }
    }

    private void stuck(TrackedTask watched, long now) {
        TrackedTask noted = watch.stuck(watched, RepairProgress.stuck(watched.task()), now);
        tasks.keepFired(Lane.TASK, watched, watch.again(noted, now));
        outlets.alerts(Alert.between(Optional.of(watched.task()), noted.task()));
    }

    private void drop(TrackedTask watched, long now) {
        outputs.drop(watched.task());
        tasks.keepFired(Lane.TASK, watched, watch.again(watch.dropped(watched), now));
    }

    private void forget(TrackedTask watched, long now) {
        int since = watched.isLive() ? forgottenLive.add(now) : 0;
        if (since > 0) {
            LOG.warn(
                    "{} tasks that have not ended are forgotten, such as {}: nothing was heard of them for ratchet.retention.live."
                            + " If they are still at work, raise that setting",
                    since,
                    watched.task().task().taskId());
        }
        tasks.forget(watched);
        if (watched.dropAt() != TrackedTask.NEVER) {
            outputs.drop(watched.task());
        }
        outlets.alerts(Alert.forgetting(watched.task()));
        outlets.tombstone(watched.task());
    }
}

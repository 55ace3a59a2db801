package dev.ratchet.stream.timer;

import dev.ratchet.config.RepairSettings.Mode;
import dev.ratchet.log.LogThrottle;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.task.Alert;
import dev.ratchet.task.RepairProgress;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.TaskState;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides about due repairs. Counts those without a result in time, and logs them at most once a minute. */
public final class RepairIssuer {
    private static final Logger LOG = LoggerFactory.getLogger(RepairIssuer.class);

    private final Mode mode;
    private final int attempts;
    private final EventCounters counters;
    private final LogThrottle unanswered = new LogThrottle();

    /**
     * @param mode {@link Mode#OFF} also without a URL of Conductor
     * @param attempts maximum number of failed attempts
     */
    public RepairIssuer(Mode mode, int attempts, EventCounters counters) {
        this.mode = mode;
        this.attempts = attempts;
        this.counters = counters;
    }

    /** {@return the task with its next command issued, or with its repair given up} */
    TaskState next(TaskState task, long now) {
        if (task.bookkeeping().repair().isPending()) {
            unanswered(task, now);
        }
        return RepairProgress.issueNext(task, attempts, mode == Mode.APPLY);
    }

    static List<Alert> alerts(TaskState before, TaskState after) {
        List<Alert> alerts = Alert.between(Optional.of(before), after);
        return after.bookkeeping().repair().result() == RepairState.Result.GIVEN_UP
                ? alerts.stream()
                        .map(alert -> alert.withReason("no result came in time"))
                        .toList()
                : alerts;
    }

    boolean isOff() {
        return mode == Mode.OFF;
    }

    /** Whether the dry run has already reported what it would do. */
    boolean isAnsweredAlready(TaskState task) {
        return mode == Mode.DRY_RUN && task.bookkeeping().repair().result() == RepairState.Result.DRY_RUN;
    }

    private void unanswered(TaskState task, long now) {
        counters.countUnansweredRepair();
        int since = unanswered.add(now);
        if (since > 0) {
            LOG.warn(
                    "RATCHET-1207 {} repairs got no result in time. Ratchet issues each up to {} times. Check"
                            + " that Conductor answers, and that an instance with this application id runs"
                            + " repairs. example={} attempt={}",
                    since,
                    attempts,
                    task.task().taskId(),
                    task.bookkeeping().repair().attempt());
        }
    }
}

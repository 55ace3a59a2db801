package dev.ratchet.stream.deadline;

import dev.ratchet.stream.LogThrottle;
import dev.ratchet.stream.metrics.EventCounters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many audits a partition may ask for: its share of so many a second, a second's worth of which may be saved up. */
public final class AuditBudget {
    private static final Logger LOG = LoggerFactory.getLogger(AuditBudget.class);

    private final EventCounters counters;
    private final LogThrottle skipped = new LogThrottle();
    private final double perMs;
    private final double most;
    private double saved = 1;
    private long at;

    /** @param perSecond of all partitions together */
    public AuditBudget(int perSecond, int partitions, EventCounters counters) {
        this.counters = counters;
        perMs = perSecond / 1_000.0 / partitions;
        most = Math.max(1, perMs * 1_000);
    }

    /** {@return whether one may be asked for now; then it counts} */
    boolean take(long now) {
        saved = at == 0 ? saved : Math.min(most, saved + perMs * Math.max(0, now - at));
        at = now;
        if (saved < 1) {
            return false;
        }
        saved--;
        return true;
    }

    /** A task that has ended waited too long: it is not asked about, so that it does not hold up the others. */
    void skip(String taskId, long now) {
        counters.countSkippedAudit();
        int since = skipped.add(now);
        if (since > 0) {
            LOG.warn(
                    "{} tasks that have ended, such as {}, are not asked about: more of them end than ratchet.audit.rate allows"
                            + " to ask about. A lost update of theirs is noticed only if the source tells it. Raise that setting",
                    since,
                    taskId);
        }
    }
}

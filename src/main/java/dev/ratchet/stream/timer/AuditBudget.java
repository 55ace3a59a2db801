package dev.ratchet.stream.timer;

import dev.ratchet.log.LogThrottle;
import dev.ratchet.stream.metrics.EventCounters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Limits the audits of a partition to its share of the configured rate. Up to one second's worth may accumulate. */
public final class AuditBudget {
    private static final Logger LOG = LoggerFactory.getLogger(AuditBudget.class);

    private final EventCounters counters;
    private final LogThrottle skipped = new LogThrottle();
    private final double perMs;
    private final double most;
    private double saved = 1;
    private long taken;
    private long at;

    /** @param perSecond rate of all partitions together */
    public AuditBudget(int perSecond, int partitions, EventCounters counters) {
        this.counters = counters;
        perMs = perSecond / 1_000.0 / partitions;
        most = Math.max(1, perMs * 1_000);
    }

    /** {@return whether one audit may be issued now; it then counts} */
    boolean take(long now) {
        saved = at == 0 ? saved : Math.min(most, saved + perMs * Math.max(0, now - at));
        at = now;
        if (saved < 1) {
            return false;
        }
        saved--;
        taken++;
        return true;
    }

    /** {@return the number of audits that were issued} */
    long taken() {
        return taken;
    }

    /** Counts an ended task that waited too long for its audit. It is skipped so that it does not delay the others. */
    void skip(String taskId, long now) {
        counters.countSkippedAudit();
        int since = skipped.add(now);
        if (since > 0) {
            LOG.warn(
                    "RATCHET-1205 {} ended tasks are not audited, because more tasks end than"
                            + " ratchet.audit.rate allows. A lost update of such a task is noticed only if the"
                            + " source reports it. Raise ratchet.audit.rate. example={}",
                    since,
                    taskId);
        }
    }
}

package dev.ratchet.stream;

/** How many audits a partition may ask for: its share of so many a second, a second's worth of which may be saved up. */
final class AuditBudget {
    private final double perMs;
    private final double most;
    private double saved = 1;
    private long at;

    /** @param perSecond of all partitions together */
    AuditBudget(int perSecond, int partitions) {
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
}

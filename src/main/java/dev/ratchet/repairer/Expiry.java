package dev.ratchet.repairer;

import dev.ratchet.config.Settings;
import dev.ratchet.watch.Limits;
import java.time.Clock;
import java.time.Duration;

/**
 * When orders are so old that nobody waits for them.
 *
 * @param audit after this the next audit of the task is due
 * @param repair after this the stream has issued the repair again, or has raised REPAIR_FAILED
 */
record Expiry(Duration audit, Duration repair, Clock clock) {
    static Expiry of(Settings settings, Clock clock) {
        long patience = Limits.patience(
                settings.repair().answer().toMillis(), settings.repair().attempts());
        return new Expiry(settings.audit().interval(), Duration.ofMillis(patience), clock);
    }

    boolean isOver(Order order) {
        Duration longest = order instanceof Order.ToAudit ? audit : repair;
        return order.issuedAt() < clock.millis() - longest.toMillis();
    }
}

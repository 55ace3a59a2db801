package dev.ratchet.repair.worker;

import dev.ratchet.config.Settings;
import dev.ratchet.task.deadline.TimeLimits;
import java.time.Clock;
import java.time.Duration;

/**
 * When a command is so old that the stream no longer waits for its result.
 *
 * @param audit after this the next audit of the task is due
 * @param repair after this the stream has issued the repair again or has raised REPAIR_FAILED
 */
record CommandExpiry(Duration audit, Duration repair, Clock clock) {
    static CommandExpiry of(Settings settings, Clock clock) {
        long patience = TimeLimits.totalResultTimeout(
                settings.repair().answer().toMillis(), settings.repair().attempts());
        return new CommandExpiry(settings.audit().interval(), Duration.ofMillis(patience), clock);
    }

    boolean isExpired(Command command) {
        Duration longest = command.isRepair() ? repair : audit;
        return command.issuedAt() < clock.millis() - longest.toMillis();
    }
}

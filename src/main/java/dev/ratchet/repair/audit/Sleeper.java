package dev.ratchet.repair.audit;

import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import java.time.Duration;

/** Waits. Injected, so that tests need not. */
@FunctionalInterface
interface Sleeper {
    /**
     * Waits.
     *
     * @throws ConductorUnavailableException if interrupted; the thread's interrupt flag is then set
     */
    void sleep(Duration duration);

    /** Blocks the thread. */
    static Sleeper blocking() {
        return duration -> {
            try {
                Thread.sleep(duration.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ConductorUnavailableException("interrupted between two requests", Scope.NOT_SENT, e);
            }
        };
    }
}

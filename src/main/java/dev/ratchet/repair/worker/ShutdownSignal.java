package dev.ratchet.repair.worker;

import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import dev.ratchet.conductor.Sleeper;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Requests shutdown of the repair worker. Ends every wait of its thread. */
final class ShutdownSignal {

    /** Leaves whatever the thread does. Not a failure. */
    static final class ShutdownException extends RuntimeException {
        ShutdownException() {
            super("shutdown requested", null, false, false);
        }
    }

    private final CountDownLatch requested = new CountDownLatch(1);

    void request() {
        requested.countDown();
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** @throws ShutdownException if shutdown is requested meanwhile, or the thread is interrupted */
    void sleep(Duration duration) {
        try {
            if (!requested.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ShutdownException();
    }

    /** For a repair, which handles a shutdown like an unavailable Conductor: it has no result yet. */
    Sleeper repairSleeper() {
        return duration -> {
            try {
                sleep(duration);
            } catch (ShutdownException e) {
                throw new ConductorUnavailableException("shutdown requested between two requests", Scope.NOT_SENT, e);
            }
        };
    }
}

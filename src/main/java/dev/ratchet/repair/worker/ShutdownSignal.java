package dev.ratchet.repair.worker;

import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import dev.ratchet.conductor.Sleeper;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** That the repairer is told to end: every wait of its thread ends with it. */
final class ShutdownSignal {
    /** Thrown through whatever the thread is at. Nothing has gone wrong. */
    static final class ShutdownException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ShutdownException() {
            super("told to end", null, false, false);
        }
    }

    private final CountDownLatch requested = new CountDownLatch(1);

    void request() {
        requested.countDown();
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** @throws Stopped if told before that, or interrupted */
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

    /** For a repair, which takes the end for one of Conductor's: nothing came of it yet. */
    Sleeper repairSleeper() {
        return duration -> {
            try {
                sleep(duration);
            } catch (ShutdownException e) {
                throw new ConductorUnavailableException("told to end between two requests", Scope.NOT_SENT, e);
            }
        };
    }
}

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
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("told to end", null, false, false);
        }
    }

    private final CountDownLatch told = new CountDownLatch(1);

    void tell() {
        told.countDown();
    }

    boolean isTold() {
        return told.getCount() == 0;
    }

    /** @throws Stopped if told before that, or interrupted */
    void pause(Duration duration) {
        try {
            if (!told.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Stopped();
    }

    /** For a repair, which takes the end for one of Conductor's: nothing came of it yet. */
    Sleeper withinRepair() {
        return duration -> {
            try {
                pause(duration);
            } catch (Stopped e) {
                throw new ConductorUnavailableException("told to end between two requests", Scope.NOT_ASKED, e);
            }
        };
    }
}

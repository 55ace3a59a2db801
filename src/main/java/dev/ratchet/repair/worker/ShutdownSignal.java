package dev.ratchet.repair.worker;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/** Requests shutdown of the repair worker. Ends every wait of its thread. */
final class ShutdownSignal {
    private final CountDownLatch requested = new CountDownLatch(1);

    void request() {
        requested.countDown();
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** @throws WakeupException if shutdown is requested meanwhile, as from a poll */
    void sleep(long millis) {
        try {
            if (requested.await(millis, TimeUnit.MILLISECONDS)) {
                throw new WakeupException();
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e); // which interrupts the thread again
        }
    }
}

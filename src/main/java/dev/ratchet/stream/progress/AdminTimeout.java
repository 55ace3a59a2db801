package dev.ratchet.stream.progress;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;

/** Timeouts of calls to Kafka's admin client. */
public final class AdminTimeout {
    /** For the options of a call, in ms. */
    public static final int TIMEOUT_MS = 5_000;

    /** Longer than the client's own timeout, in ms: the client may be stuck. */
    static final int GIVE_UP_AFTER_MS = TIMEOUT_MS + 1_000;

    private AdminTimeout() {}

    /** Waits for the result, some seconds at most. */
    public static <T> T await(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(GIVE_UP_AFTER_MS, TimeUnit.MILLISECONDS);
    }
}

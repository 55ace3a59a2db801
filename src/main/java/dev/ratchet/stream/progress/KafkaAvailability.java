package dev.ratchet.stream.progress;

import dev.ratchet.stream.FailureText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.DisconnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs one line when Kafka becomes unavailable, and one when it is back. One thread reports; any thread may ask {@link
 * #awaySince}.
 */
final class KafkaAvailability {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaAvailability.class);

    private final LongSupplier millis;
    private final LongSupplier nanos;
    private volatile @Nullable Instant awaySince;
    private long awaySinceNanos;

    KafkaAvailability() {
        this(System::currentTimeMillis, System::nanoTime);
    }

    /**
     * @param millis the wall clock, for the log line
     * @param nanos a clock like {@link System#nanoTime}
     */
    KafkaAvailability(LongSupplier millis, LongSupplier nanos) {
        this.millis = millis;
        this.nanos = nanos;
    }

    /** Whether the failure of a request means that no broker answered, in contrast to an error that one returned. */
    static boolean isUnanswered(Throwable failure) {
        return FailureText.causes(failure)
                .anyMatch(cause -> cause instanceof TimeoutException
                        || cause instanceof org.apache.kafka.common.errors.TimeoutException
                        || cause instanceof DisconnectException);
    }

    /** Since when no broker answers; empty while one does, and before the first request. */
    Optional<Instant> awaySince() {
        return Optional.ofNullable(awaySince);
    }

    void onAnswer() {
        if (awaySince != null) {
            awaySince = null;
            LOG.info("Kafka is back after {} s", TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong() - awaySinceNanos));
        }
    }

    /**
     * @param sentAt when the request was sent, from the second clock
     */
    void onNoAnswer(long sentAt, Throwable failure) {
        if (awaySince != null) {
            return;
        }
        awaySinceNanos = sentAt;
        long ago = TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - sentAt);
        Instant since = Instant.ofEpochMilli(millis.getAsLong() - ago).truncatedTo(ChronoUnit.SECONDS);
        awaySince = since;
        LOG.warn(
                "RATCHET-1208 Kafka is away since {}: no broker answers. Ratchet reads and writes nothing until"
                        + " Kafka is back, and then continues by itself. Nothing is lost. Check the brokers in"
                        + " kafka.bootstrap.servers and the network. error={}",
                since,
                failure.toString());
    }
}

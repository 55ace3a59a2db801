package dev.ratchet.stream.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.ratchet.log.LogThrottle;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Limits the warnings of Kafka's network clients to {@value LogThrottle#MANY} a minute, with a count of those
 * that are left out: while a broker is away, each client logs several a second. Errors, such as rejected credentials,
 * always pass. Named in {@code logback.xml}. Thread-safe.
 */
public final class KafkaLogLimit extends TurboFilter {
    private static final String LIMITED = "org.apache.kafka.clients.NetworkClient";

    private final LogThrottle limit = new LogThrottle(LogThrottle.MANY);

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        if (!level.equals(Level.WARN) || !logger.getName().equals(LIMITED) || format == null) {
            return FilterReply.NEUTRAL;
        }
        return isAllowed(System.currentTimeMillis()) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    /** @param now ms of the wall clock */
    synchronized boolean isAllowed(long now) {
        int leftOut = limit.takeLeftOut(now);
        if (leftOut > 0) {
            LoggerFactory.getLogger(KafkaLogLimit.class)
                    .info("{} more warnings of Kafka's network clients were left out in a minute", leftOut);
        }
        return limit.add(now) > 0;
    }
}

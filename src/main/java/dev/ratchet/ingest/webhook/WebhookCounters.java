package dev.ratchet.ingest.webhook;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts requests by outcome since the start of the process, and logs refusals: at most one line per interval, with their
 * number. Thread-safe.
 */
public final class WebhookCounters {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookCounters.class);

    private final Map<WebhookOutcome, LongAdder> requests = new ConcurrentHashMap<>();
    private final LongAdder withoutPayload = new LongAdder();
    private final long interval;
    private final LongSupplier nanoTime;
    private long unlogged;
    private long loggedAt;
    private boolean hasLogged;

    public WebhookCounters() {
        this(Duration.ofMinutes(1), System::nanoTime);
    }

    WebhookCounters(Duration interval, LongSupplier nanoTime) {
        this.interval = interval.toNanos();
        this.nanoTime = nanoTime;
    }

    void count(NotificationResult result) {
        requests.computeIfAbsent(result.outcome(), none -> new LongAdder()).increment();
        if (result.outcome().isRefusal()) {
            line(result).ifPresent(LOG::warn);
        }
    }

    void countWithoutPayload() {
        withoutPayload.increment();
    }

    public long requests(WebhookOutcome outcome) {
        return requests.getOrDefault(outcome, new LongAdder()).sum();
    }

    /** Number of events that were stored without the task's output, because it made them too large for Kafka. */
    public long withoutPayload() {
        return withoutPayload.sum();
    }

    /** {@return a line for the log; empty if it is too soon for another} */
    synchronized Optional<String> line(NotificationResult refused) {
        unlogged++;
        long now = nanoTime.getAsLong();
        if (hasLogged && now - loggedAt < interval) {
            return Optional.empty();
        }
        String others = unlogged == 1 ? "" : " (and " + (unlogged - 1) + " others since the last such line)";
        hasLogged = true;
        loggedAt = now;
        unlogged = 0;
        // The reason quotes the request, which must not be able to forge log lines
        String reason = refused.reason().orElse("").replaceAll("\\p{Cntrl}", "?");
        return Optional.of("RATCHET-4104 Refused a notification, " + refused.outcome() + others + ": " + reason);
    }
}
